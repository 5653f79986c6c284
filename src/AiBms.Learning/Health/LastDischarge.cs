namespace AiBms.Learning.Health;

/// <summary>Features of the discharge before a charge: how deep it went, under what load, how the voltage came back, what it gave in windows of voltage. Not how long it took; but under a constant load its windows add up to most of what it gave, so who is told them is nearly told its capacity.</summary>
/// <remarks>A window counts only when the voltage falls through all of it under load; otherwise it is NaN.</remarks>
public static class LastDischarge
{
    /// <summary>Edges of the windows, V, falling.</summary>
    static readonly double[] s_edgesV = [3.9, 3.8, 3.7, 3.6, 3.5, 3.4, 3.3];

    const string Window = "last discharge: charge ";

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "last discharge: lowest voltage / V", "last discharge: current / rated per h", "last discharge: voltage at its end / V", "last discharge: voltage come back / V",
        .. Enumerable.Range(0, s_edgesV.Length - 1).Select(k => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Window}from {s_edgesV[k]:0.0} to {s_edgesV[k + 1]:0.0} V / rated")),
    ];

    /// <summary>Windows of voltage of the discharge.</summary>
    public static bool IsWindow(string name) => name.StartsWith(Window, StringComparison.Ordinal);

    /// <summary>Nothing is known of it.</summary>
    public static double[] UnknownFeatures => [.. Names.Select(_ => double.NaN)];

    /// <summary>Features of a discharge with the rest after it.</summary>
    /// <param name="timeS">Time of each row, s, rising.</param>
    /// <param name="currentA">Current, A, negative while discharging.</param>
    /// <param name="voltageV">Voltage of one cell, V.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    public static double[] Of(ReadOnlySpan<double> timeS, ReadOnlySpan<double> currentA, ReadOnlySpan<double> voltageV, double ratedAh)
    {
        List<double> loads = [];
        double lowestV = double.PositiveInfinity, lastV = double.NaN, endV = double.NaN, givenAh = 0;
        double[] crossedAh = new double[s_edgesV.Length];
        Array.Fill(crossedAh, double.NaN);
        int last = -1;
        for (int k = 0; k < currentA.Length; k++)
        {
            if (!double.IsFinite(voltageV[k])) continue;
            endV = voltageV[k];
            double beforeAh = givenAh;
            if (last >= 0 && timeS[k] > timeS[last] && double.IsFinite(currentA[k]) && double.IsFinite(currentA[last])) givenAh -= 0.5 * (currentA[k] + currentA[last]) * (timeS[k] - timeS[last]) / 3600;
            last = k;
            if (!(currentA[k] < -0.05 * ratedAh)) continue;
            loads.Add(-currentA[k] / ratedAh);
            lastV = voltageV[k];
            for (int edge = 0; edge < s_edgesV.Length && double.IsFinite(lowestV); edge++)
                if (lowestV > s_edgesV[edge] && lastV <= s_edgesV[edge])
                    crossedAh[edge] = beforeAh + (givenAh - beforeAh) * Math.Clamp((lowestV - s_edgesV[edge]) / (lowestV - lastV), 0, 1);
            lowestV = Math.Min(lowestV, lastV);
        }

        if (loads.Count == 0) return UnknownFeatures;
        loads.Sort();
        return [lowestV, loads[loads.Count / 2], endV, endV - lastV, .. Enumerable.Range(0, s_edgesV.Length - 1).Select(k => (crossedAh[k + 1] - crossedAh[k]) / ratedAh)];
    }
}
