namespace AiBms.Learning.Health;

/// <summary>Features of how a charge begins: voltage after the rest before it, and how it rises once current flows (relaxation and its opposite).</summary>
/// <remarks>Each figure uses samples up to its own time alone. Source of the idea: Zhu et al., Nature Communications 13, 2261 (2022), doi 10.1038/s41467-022-29837-w.</remarks>
public static class ChargeStart
{
    static readonly double[] s_afterS = [30, 120, 600, 1500];

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["start: voltage at rest / V", .. s_afterS.Select(s => $"start: voltage after {s:0} s / V"), "start: rise from 120 to 600 s / V"];

    /// <summary>Features of a charge; NaN where it is too short or does not begin at rest.</summary>
    /// <param name="timeS">Time of each row, s, rising.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Voltage of one cell, V.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    public static double[] Of(ReadOnlySpan<double> timeS, ReadOnlySpan<double> currentA, ReadOnlySpan<double> voltageV, double ratedAh)
    {
        double[] row = new double[Names.Count];
        Array.Fill(row, double.NaN);
        int first = 0;
        while (first < timeS.Length && !(currentA[first] > 0.05 * ratedAh)) first++;
        if (first >= timeS.Length) return row;
        if (first > 0) row[0] = voltageV[0];
        for (int k = 0; k < s_afterS.Length; k++) row[1 + k] = At(timeS, voltageV, timeS[first] + s_afterS[k]);
        row[^1] = row[3] - row[2];
        return row;
    }

    static double At(ReadOnlySpan<double> timeS, ReadOnlySpan<double> voltageV, double wantedS)
    {
        for (int k = 1; k < timeS.Length; k++)
            if (timeS[k] >= wantedS && timeS[k - 1] < wantedS) return voltageV[k - 1] + (voltageV[k] - voltageV[k - 1]) * (wantedS - timeS[k - 1]) / (timeS[k] - timeS[k - 1]);
        return double.NaN;
    }
}
