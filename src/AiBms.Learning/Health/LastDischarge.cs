namespace AiBms.Learning.Health;

/// <summary>Features of the discharge before a charge: how deep it went, under what load, how the voltage came back. Not how long it took, nor how much it gave.</summary>
public static class LastDischarge
{
    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["last discharge: lowest voltage / V", "last discharge: current / rated per h", "last discharge: voltage at its end / V", "last discharge: voltage come back / V"];

    /// <summary>Nothing is known of it.</summary>
    public static double[] UnknownFeatures => [.. Names.Select(_ => double.NaN)];

    /// <summary>Features of a discharge with the rest after it.</summary>
    /// <param name="currentA">Current, A, negative while discharging.</param>
    /// <param name="voltageV">Voltage of one cell, V.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    public static double[] Of(ReadOnlySpan<double> currentA, ReadOnlySpan<double> voltageV, double ratedAh)
    {
        List<double> loads = [];
        double lowestV = double.PositiveInfinity, lastV = double.NaN, endV = double.NaN;
        for (int k = 0; k < currentA.Length; k++)
        {
            if (!double.IsFinite(voltageV[k])) continue;
            endV = voltageV[k];
            if (!(currentA[k] < -0.05 * ratedAh)) continue;
            loads.Add(-currentA[k] / ratedAh);
            lastV = voltageV[k];
            lowestV = Math.Min(lowestV, voltageV[k]);
        }

        if (loads.Count == 0) return UnknownFeatures;
        loads.Sort();
        return [lowestV, loads[loads.Count / 2], endV, endV - lastV];
    }
}
