namespace AiBms.Numerics;

/// <summary>Percentiles by rank.</summary>
public static class Ranks
{
    /// <summary>The value at rank ⌊fraction·(n − 1)⌋ of sorted values: always one that occurred, never an interpolation.</summary>
    /// <returns>NaN for no values.</returns>
    public static double At(ReadOnlySpan<double> sorted, double fraction) =>
        sorted.IsEmpty ? double.NaN : sorted[(int)(fraction * (sorted.Length - 1))];
}
