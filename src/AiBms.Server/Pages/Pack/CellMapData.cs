using System.Globalization;
using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Pages.Pack;

/// <summary>What the cell map draws.</summary>
static class CellMapData
{
    const int RowCells = 16;

    static readonly PackEstimates s_nothing = new();

    public static IReadOnlyList<(string Key, string Text)> Kinds { get; } =
        [("voltage", "voltage, V"), ("soc", "SOC, %"), ("temperature", "core temperature, °C"), ("capacity", "capacity, Ah"), ("resistance", "resistance, × of its type"), ("soh", "SOH, %")];

    public static object Of(FleetPack pack, string kind, bool isRelative)
    {
        var (frame, card) = (pack.Frame!, pack.Card!);
        var (values, factor, unit, low, high, decimals) = Series(pack, kind);
        bool bleeds(int cell) => cell / 8 < frame.Bleeding.Length && (frame.Bleeding[cell / 8] >> (cell % 8) & 1) == 1;
        var (first, modules) = Rows(card);
        return new
        {
            values = Enumerable.Range(0, card.SeriesCount).Select(k => k < values.Length && double.IsFinite(values[k]) ? Math.Round(factor * values[k], decimals) : (double?)null),
            bleeding = Enumerable.Range(0, card.SeriesCount).Where(bleeds),
            bad = frame.BadSignals().Select(b => b.Signal).Where(cell => cell < card.SeriesCount).Order(),
            first,
            modules,
            name = kind,
            unit,
            low = isRelative && Any(values) ? (double?)null : low,
            high = isRelative && Any(values) ? (double?)null : high,
            decimals,
        };
    }

    /// <summary>A row for each module; of a long row without modules (a record tells none) some of sixteen.</summary>
    static (IEnumerable<double> First, IEnumerable<string> Names) Rows(PackCard card)
    {
        if (card.Modules.Count > 1 || (card.Modules.Count == 1 && card.SeriesCount <= RowCells)) return (card.ModuleValues, card.Modules);
        int rows = (card.SeriesCount + RowCells - 1) / RowCells;
        return (Enumerable.Range(0, rows).Select(r => (double)(r * RowCells)), Enumerable.Range(0, rows).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r * RowCells + 1}–{Math.Min(card.SeriesCount, (r + 1) * RowCells)}")));
    }

    /// <summary>How many rows the map has.</summary>
    public static int RowCount(PackCard card) => Math.Max(1, Rows(card).Names.Count());

    static bool Any(double[] values) => Array.Exists(values, double.IsFinite);

    static (double[] Values, double Factor, string Unit, double Low, double High, int Decimals) Series(FleetPack pack, string kind)
    {
        var e = pack.Estimates ?? s_nothing;
        double rated = pack.Card!.CapacityAh;
        return kind switch
        {
            "soc" => (e.CellSoc, 100, "%", 0, 100, 1),
            "temperature" => (e.CoreDegC, 1, "°C", -10, 60, 1),
            "capacity" => (e.CapacityAh, 1, "Ah", 0.7 * rated, 1.05 * rated, 1),
            "resistance" => (e.ResistanceRatio, 1, "×", 0.5, 2, 2),
            "soh" => (e.CellSoh, 100, "%", 60, 105, 1),
            _ => (pack.Frame!.CellVoltageV, 1, "V", pack.Card.CellVoltageVMin, pack.Card.CellVoltageVMax, 3),
        };
    }

    /// <summary>Least, mean and greatest with their cells; for temperatures where the hot spot is.</summary>
    public static string Note(FleetPack pack, string kind)
    {
        var (values, factor, unit, _, _, decimals) = Series(pack, kind);
        // A voltage that is not believed is no cell's: it counts neither here nor among the figures.
        if (kind == "voltage")
        {
            values = [.. values];
            foreach (var (signal, _) in pack.Frame!.BadSignals()) if (signal < values.Length) values[signal] = double.NaN;
        }

        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length == 0) return kind == "soh" ? $"Unknown until a window between two rests: {PackFigures.SohReason(pack.Estimates ?? s_nothing)}." : "Unknown until the first estimates.";
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        string number(double v) => (factor * v).ToString(format, CultureInfo.InvariantCulture) + " " + unit;
        string text = $"min {number(known.Min())} (cell {1 + Array.IndexOf(values, known.Min())}), mean {number(known.Average())}, max {number(known.Max())} (cell {1 + Array.IndexOf(values, known.Max())}), spread {number(known.Max() - known.Min())}";
        // Before a window between two rests only differences of cells are told apart; the level is the cell type's.
        if (kind == "capacity" && !Any(pack.Estimates?.CellSoh ?? [])) return $"Their level is the cell type's, not measured yet ({PackFigures.SohReason(pack.Estimates ?? s_nothing)}). {text}";
        return kind == "temperature" && pack.Frame!.HotSpotCell is { } hot ? $"Hot spot: cell {hot + 1}, {Words.Number(pack.Frame.HotSpotDegC, "0.0", "°C")}. {text}" : text;
    }
}
