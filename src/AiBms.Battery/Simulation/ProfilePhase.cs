namespace AiBms.Battery.Simulation;

/// <summary>A load that follows a table, straight between its rows.</summary>
/// <param name="TimeS">Times since the phase began, rising from 0, s.</param>
/// <param name="CurrentA">Current at those times, A, positive while charging; null where power is given.</param>
/// <param name="PowerW">Power at those times, W, positive while charging; null where current is given.</param>
public sealed record ProfilePhase(double[] TimeS, double[]? CurrentA, double[]? PowerW) : Phase(TimeS[^1])
{
    /// <summary>The value of a column at a time of the phase; held at its ends.</summary>
    public double At(double[] values, double timeS)
    {
        int at = Array.BinarySearch(TimeS, timeS);
        if (at >= 0) return values[at];
        int next = ~at;
        if (next == 0) return values[0];
        if (next == TimeS.Length) return values[^1];
        double weight = (timeS - TimeS[next - 1]) / (TimeS[next] - TimeS[next - 1]);
        return values[next - 1] + (values[next] - values[next - 1]) * weight;
    }
}
