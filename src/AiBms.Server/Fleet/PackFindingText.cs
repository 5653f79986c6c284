using System.Globalization;
using AiBms.Agent.Chain;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>What estimates find wrong, in sentences: cells of a kind together.</summary>
static class PackFindingText
{
    const int MostNames = 12, MostEvidence = 3;

    public static IEnumerable<string> Of(FleetPack pack)
    {
        if (pack.Estimates is not { } e) yield break;
        int cells = Math.Max(1, pack.Card?.SeriesCount ?? 1);
        foreach (var kind in e.FindingValues.Chunk(5).Where(v => v.Length == 5).GroupBy(v => (FindingKind)(byte)v[0]))
        {
            var strongest = kind.MaxBy(v => v[2])!;
            string size = $"{Words.Number(strongest[2], "0.##", FindingText.Unit(kind.Key))}, held against {Words.Number(strongest[3], "0.##", FindingText.Unit(kind.Key))}";
            yield return kind.Count() == 1 ? $"{FindingText.Kind(kind.Key, Place(strongest[1]))}: {size}." : $"{FindingText.Kind(kind.Key, Names(kind.Select(v => (int)v[1])))}; the strongest is {Place(strongest[1])}: {size}.{Doubt(kind.Count(), cells)}";
        }

        foreach (var kind in e.LowCells.Select((k, cell) => (Kind: (LowCellKind)k, Cell: cell)).Where(c => c.Kind != LowCellKind.None).GroupBy(c => c.Kind))
            yield return $"Cell {Names(kind.Select(c => c.Cell))}: {FindingText.Low(kind.Key)}{(kind.Count() > MostEvidence ? "" : $" ({string.Join("; ", kind.Select(c => Evidence(e, c.Cell, kind.Count())))})")}.{Doubt(kind.Count(), cells)}";
    }

    static string Evidence(PackEstimates e, int cell, int count) => (count == 1 ? "" : Place(cell) + ": ") + FindingText.Evidence(cell, e.CellSoc, e.CapacityAh, e.ResistanceRatio);

    /// <summary>Where most cells stand out, it is not the cells.</summary>
    static string Doubt(int count, int cells) => 2 * count > cells ? " More than half of the cells: rather the cell file does not fit this pack." : "";

    static string Place(double cell) => (cell + 1).ToString("0", CultureInfo.InvariantCulture);

    static string Names(IEnumerable<int> cells)
    {
        var all = cells.Order().ToList();
        return string.Join(", ", all.Take(MostNames).Select(c => Place(c))) + (all.Count > MostNames ? $" and {all.Count - MostNames} more" : "");
    }
}
