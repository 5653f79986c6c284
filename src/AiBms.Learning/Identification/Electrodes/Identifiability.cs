using AiBms.Numerics;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>How well data determine parameters, from residuals and their slopes at the fit.</summary>
/// <remarks>
/// Covariance s²·τ·(JᵀJ)⁻¹ of the logarithms: the inverse of Fisher's information for independent errors, times the number τ of neighbouring
/// residuals that say the same. Errors of a model are not independent, and without τ every deviation would be far too small
/// (Seber and Wild, "Nonlinear Regression", Wiley 1989, chapter 6).
/// </remarks>
static class Identifiability
{
    /// <summary>Directions that the data move less than this, against the best one, count as not seen.</summary>
    const double LeastInformation = 1e-12;

    /// <summary>Standard deviations of the variables, infinite where the data say nothing, and their correlations, row-major.</summary>
    /// <param name="residuals">Weighted residuals.</param>
    /// <param name="slopes">Their slopes, one row a variable.</param>
    /// <param name="repeats">How many residuals say the same as one: see <see cref="Repeats"/>.</param>
    public static (double[] Deviations, double[] Correlations) Of(double[] residuals, double[][] slopes, double repeats)
    {
        int n = slopes.Length, count = residuals.Length;
        var information = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int r = 0; r < count; r++) information[i * n + j] += slopes[i][r] * slopes[j][r];
        (double[] values, double[] vectors) = SymmetricEigen.Decompose(information, n);
        double variance = residuals.Sum(r => r * r) / Math.Max(1, count - n) * repeats, floor = LeastInformation * values[^1];
        var covariance = new double[n * n];
        for (int k = 0; k < n; k++)
        {
            double inverse = 1 / Math.Max(values[k], floor);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) covariance[i * n + j] += vectors[i * n + k] * vectors[j * n + k] * inverse;
        }

        double[] deviations = [.. Enumerable.Range(0, n).Select(i => slopes[i].Any(s => s != 0) ? Math.Sqrt(variance * covariance[i * n + i]) : double.PositiveInfinity)];
        double[] correlations = [.. Enumerable.Range(0, n * n).Select(at => covariance[at] / Math.Sqrt(covariance[at / n * n + at / n] * covariance[at % n * n + at % n]))];
        return (deviations, correlations);
    }

    /// <summary>1 + 2·Σ of the autocorrelations of a curve's residuals up to where they first vanish: 1 for independent errors.</summary>
    public static double Repeats(ReadOnlySpan<double> residuals)
    {
        double power = 0, sum = 1;
        foreach (double r in residuals) power += r * r;
        if (power == 0) return 1;
        for (int lag = 1; lag < residuals.Length; lag++)
        {
            double product = 0;
            for (int k = lag; k < residuals.Length; k++) product += residuals[k] * residuals[k - lag];
            if (product <= 0) break;
            sum += 2 * product / power;
        }

        return sum;
    }
}
