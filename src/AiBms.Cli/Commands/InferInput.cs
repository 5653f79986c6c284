using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Cli.Shell;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>A recording as one cell sees it: a pack's voltage shared among its cells in series, its current among those in parallel.</summary>
sealed record InferInput
{
    /// <summary>Cell taken when none is told: a common 18650 NMC cell. The result says that it was taken.</summary>
    public const string UntoldCell = "lg_hg2";

    public required Recording Recording { get; init; }

    public required CellType Cell { get; init; }

    /// <summary>Cells in series behind the voltage column.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>Capacity of what was recorded, Ah.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>Temperature for rows that have none, °C; NaN when not told.</summary>
    public double ToldTemperatureDegC { get; init; } = double.NaN;

    /// <summary>Row as a sample of one cell; what cannot be used is NaN.</summary>
    public CellSample Sample(int row)
    {
        var flags = Recording.Flags[row];
        bool isTimed = (flags & (RowFlags.TimeBackwards | RowFlags.DuplicateTime | RowFlags.Malformed)) == RowFlags.None;
        bool isUsable = isTimed && (flags & RowFlags.ImpossibleValue) == RowFlags.None;
        return new(
            Recording.TimeS[row],
            isUsable ? Recording.CurrentA[row] * Cell.CapacityAh / CapacityAh : double.NaN,
            isUsable ? Recording.VoltageV[row] / SeriesCount : double.NaN,
            double.IsFinite(Recording.TemperatureDegC[row]) ? Recording.TemperatureDegC[row] : ToldTemperatureDegC);
    }

    /// <summary>Checks that recording and cell belong together.</summary>
    /// <exception cref="DataException">The file holds several series, or the voltage is not that of this cell; the message says which flag is missing.</exception>
    public static InferInput Of(Recording recording, CellType cell, int? cellCount, double? capacityAh)
    {
        if (capacityAh is <= 0) throw new UsageException("--capacity-ah must be above 0.");
        recording = recording.OneSeries();
        int cells = cellCount ?? recording.Extras.Count(extra => extra.Name.StartsWith("V_", StringComparison.Ordinal));
        double[] volts = [.. recording.VoltageV.Where((v, k) => double.IsFinite(v) && (recording.Flags[k] & RowFlags.ImpossibleValue) == RowFlags.None).Order()];
        if (volts.Length == 0) throw new DataException($"{recording.Name} has no usable voltage: see what was found with 'aibms import {recording.Name} --explain'.");
        double middleV = volts[volts.Length / 2];
        double lowV = cell.Circuit?.OcvV[0] - 1 ?? 1.5, highV = cell.Circuit?.OcvV[^1] + 0.5 ?? 4.7;
        int series = cells > 0 && middleV > highV ? cells : Math.Max(1, cellCount ?? 1);
        if (middleV / series < lowV || middleV / series > highV)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{recording.Name} shows {middleV:0.##} V, which {series} × {cell.Id} ({lowV + 1:0.0} to {highV - 0.5:0.0} V a cell) cannot: give --cells N for the cells in series, or another --cell."));
        return new() { Recording = recording, Cell = cell, SeriesCount = series, CapacityAh = capacityAh ?? cell.CapacityAh };
    }

    /// <summary>Reads <c>--start</c>.</summary>
    public static SocStart Start(string text) =>
        text == "unknown" ? SocStart.Unknown
        : double.TryParse(text, CultureInfo.InvariantCulture, out double soc) && soc is >= 0 and <= 1 ? SocStart.Told(soc)
        : throw new UsageException($"--start takes unknown or a number from 0 to 1, not '{text}'.");
}
