namespace AiBms.Telemetry.Readings;

/// <summary>Checks that voltages, currents and temperatures can be.</summary>
static class ValueChecks
{
    /// <summary>No lithium, lead or nickel cell reaches this, charging faults included; V.</summary>
    public const double HighestCellVoltageV = 6;

    /// <summary>Colder and hotter than any cell that still works, and where probes put their error codes; °C.</summary>
    public const double ColdestDegC = -60, HottestDegC = 200;

    /// <summary>No pack reaches this; A.</summary>
    const double LargestCurrentA = 20_000;

    /// <summary>A voltage at less than this share of both neighbours, which agree, is a glitch of the recorder.</summary>
    const double GlitchShare = 0.5, NeighboursAgree = 0.8;

    /// <summary>Flags rows with values that cannot be.</summary>
    /// <param name="voltageV">V of cell or pack.</param>
    /// <param name="currentA">A.</param>
    /// <param name="temperatureDegC">°C.</param>
    /// <param name="cellCount">Cells in series; null takes a voltage column whose upper values fit one cell to be one.</param>
    /// <param name="flags">Changed in place.</param>
    public static void Flag(
        ReadOnlySpan<double> voltageV, ReadOnlySpan<double> currentA, ReadOnlySpan<double> temperatureDegC, int? cellCount, Span<RowFlags> flags)
    {
        double highest = cellCount is { } cells ? cells * HighestCellVoltageV : LimitFor(voltageV);
        for (int row = 0; row < flags.Length; row++)
        {
            double v = voltageV[row];
            bool impossible = v <= 0 || v > highest
                || Math.Abs(currentA[row]) > LargestCurrentA
                || temperatureDegC[row] is < ColdestDegC or > HottestDegC
                || IsGlitch(voltageV, row);
            if (impossible)
                flags[row] |= RowFlags.ImpossibleValue;
        }
    }

    /// <summary>One cell's limit when most voltages fit one cell; otherwise half as much again as the middle of those looked at.</summary>
    static double LimitFor(ReadOnlySpan<double> voltageV)
    {
        const int Samples = 1001;
        List<double> some = [];
        int step = Math.Max(1, voltageV.Length / Samples);
        for (int row = 0; row < voltageV.Length; row += step)
        {
            if (voltageV[row] > 0)
                some.Add(voltageV[row]);
        }

        if (some.Count == 0)
            return double.PositiveInfinity;
        some.Sort();
        double middle = some[some.Count / 2];
        return middle <= HighestCellVoltageV ? HighestCellVoltageV : 1.5 * middle;
    }

    static bool IsGlitch(ReadOnlySpan<double> voltageV, int row)
    {
        if (row == 0 || row + 1 >= voltageV.Length)
            return false;
        double low = Math.Min(voltageV[row - 1], voltageV[row + 1]), high = Math.Max(voltageV[row - 1], voltageV[row + 1]);
        return voltageV[row] < GlitchShare * low && low > NeighboursAgree * high;
    }
}
