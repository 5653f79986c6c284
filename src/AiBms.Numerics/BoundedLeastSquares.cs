namespace AiBms.Numerics;

/// <summary>Least squares with lower bounds, from its normal equations: minimise ½·xᵀAx − bᵀx with x ≥ lower.</summary>
/// <remarks>
/// Block principal pivoting after Portugal, Júdice, Vicente, "A comparison of block pivoting and interior-point algorithms for linear
/// least squares problems with nonnegative variables", Math. Comp. 63 (1994) 625, doi 10.2307/2153286, with their single-exchange
/// fallback, which makes it finite. A must be symmetric positive definite.
/// </remarks>
public static class BoundedLeastSquares
{
    /// <summary>Solves.</summary>
    /// <param name="a">n × n, symmetric positive definite, row-major; kept.</param>
    /// <param name="b">Right-hand side, length n.</param>
    /// <param name="lower">Lower bounds, length n; −∞ for none.</param>
    /// <returns>The solution, or null when A is not positive definite or no solution was found in 20·n exchanges.</returns>
    public static double[]? Solve(double[] a, double[] b, double[] lower)
    {
        int n = b.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, n * n);
        var bound = new bool[n];
        var x = new double[n];
        int fewest = int.MaxValue, patience = 5;
        for (int round = 0; round < 20 * n; round++)
        {
            if (!SolveFree(a, b, lower, bound, x)) return null;
            var wrong = new List<int>();
            for (int k = 0; k < n; k++)
            {
                if (double.IsNegativeInfinity(lower[k])) continue;
                double scale = 1e-12 * (1 + Math.Abs(x[k]));
                if (bound[k] ? Gradient(a, b, x, k) < -1e-10 * Math.Abs(b[k]) - 1e-14 : x[k] < lower[k] - scale) wrong.Add(k);
            }

            if (wrong.Count == 0)
            {
                for (int k = 0; k < n; k++) x[k] = Math.Max(x[k], lower[k]);
                return x;
            }

            if (wrong.Count < fewest) (fewest, patience) = (wrong.Count, 5);
            else patience--;
            if (patience >= 0) foreach (int k in wrong) bound[k] = !bound[k];
            else bound[wrong[^1]] = !bound[wrong[^1]];
        }

        return null;
    }

    static double Gradient(double[] a, double[] b, double[] x, int k)
    {
        double sum = -b[k];
        for (int j = 0; j < x.Length; j++) sum += a[k * x.Length + j] * x[j];
        return sum;
    }

    static bool SolveFree(double[] a, double[] b, double[] lower, bool[] bound, double[] x)
    {
        int n = b.Length;
        int[] free = [.. Enumerable.Range(0, n).Where(k => !bound[k])];
        int m = free.Length;
        double[] sub = new double[m * m], rhs = new double[m];
        for (int i = 0; i < m; i++)
        {
            rhs[i] = b[free[i]];
            for (int k = 0; k < n; k++) if (bound[k]) rhs[i] -= a[free[i] * n + k] * lower[k];
            for (int j = 0; j < m; j++) sub[i * m + j] = a[free[i] * n + free[j]];
        }

        if (!Dense.Cholesky(sub, m)) return false;
        Dense.CholeskySolve(sub, m, rhs);
        for (int k = 0; k < n; k++) if (bound[k]) x[k] = lower[k];
        for (int i = 0; i < m; i++) x[free[i]] = rhs[i];
        return true;
    }
}
