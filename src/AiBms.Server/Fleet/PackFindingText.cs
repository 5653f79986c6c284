using System.Globalization;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Server.Fleet;

/// <summary>What estimates find wrong, in sentences: cells of a kind together.</summary>
static class PackFindingText
{
    const int MostNames = 12;

    public static IEnumerable<string> Of(FleetPack pack)
    {
        if (pack.Estimates is not { } e) yield break;
        int cells = Math.Max(1, pack.Card?.SeriesCount ?? 1);
        foreach (var kind in e.FindingValues.Chunk(5).Where(v => v.Length == 5).GroupBy(v => (FindingKind)(byte)v[0]))
        {
            var strongest = kind.MaxBy(v => v[2])!;
            string size = $"{Words.Number(strongest[2], "0.##", Unit(kind.Key))}, held against {Words.Number(strongest[3], "0.##", Unit(kind.Key))}";
            yield return kind.Count() == 1 ? $"{Kind(kind.Key, Place(strongest[1]))}: {size}." : $"{Kind(kind.Key, Names(kind.Select(v => (int)v[1])))}; the strongest is {Place(strongest[1])}: {size}.{Doubt(kind.Count(), cells)}";
        }

        foreach (var kind in e.LowCells.Select((k, cell) => (Kind: (LowCellKind)k, Cell: cell)).Where(c => c.Kind != LowCellKind.None).GroupBy(c => c.Kind))
            yield return $"Cell {Names(kind.Select(c => c.Cell))}: {Low(kind.Key)}.{Doubt(kind.Count(), cells)}";
    }

    /// <summary>Where most cells stand out, it is not the cells.</summary>
    static string Doubt(int count, int cells) => 2 * count > cells ? " More than half of the cells: rather the cell file does not fit this pack." : "";

    static string Place(double cell) => (cell + 1).ToString("0", CultureInfo.InvariantCulture);

    static string Names(IEnumerable<int> cells)
    {
        var all = cells.Order().ToList();
        return string.Join(", ", all.Take(MostNames).Select(c => Place(c))) + (all.Count > MostNames ? $" and {all.Count - MostNames} more" : "");
    }

    static string Kind(FindingKind kind, string where) => kind switch
    {
        FindingKind.InternalLeak => $"Cell {where} loses charge inside",
        FindingKind.ContactResistance => $"Cell {where} or its joints: resistance has grown",
        FindingKind.CellSensor => $"Tap {where} shows what no cell does",
        FindingKind.ProbeSensor => $"Probe {where} contradicts heat and neighbours",
        FindingKind.CurrentSensor => "The two current sensors differ",
        _ => "Cells give less heat to the coolant than they should",
    };

    static string Unit(FindingKind kind) => kind switch { FindingKind.InternalLeak or FindingKind.CurrentSensor => "A", FindingKind.ContactResistance => "×", FindingKind.CoolingLoss => "K", _ => "deviations" };

    static string Low(LowCellKind kind) => kind switch
    {
        LowCellKind.LowCharge => "less charge than the others; balancing brings it back",
        LowCellKind.LowCapacity => "less capacity than the others; only a swap brings it back",
        LowCellKind.HighResistance => "the voltage moves more with current than that of the others",
        _ => "the reading cannot be that of a cell",
    };
}
