namespace AiBms.Numerics;

/// <summary>Minimises a function of a few variables without derivatives.</summary>
/// <remarks>
/// Source: Nelder, Mead, "A simplex method for function minimization", The Computer Journal 7 (1965) 308,
/// doi 10.1093/comjnl/7.4.308, with coefficients 1, 2, ½, ½. Deterministic. For smooth, cheap problems in up to about ten variables.
/// </remarks>
public static class NelderMead
{
    /// <summary>What a search came to.</summary>
    /// <param name="Point">Best point found.</param>
    /// <param name="Value">Function value there.</param>
    /// <param name="Evaluations">How often the function was called.</param>
    /// <param name="Converged">True when the simplex became smaller than the tolerance; false when calls ran out.</param>
    public readonly record struct Outcome(double[] Point, double Value, int Evaluations, bool Converged);

    /// <summary>Searches from a start with a first simplex of the given edge lengths.</summary>
    /// <param name="function">To be minimised; NaN counts as worst.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="edge">Edge of the first simplex in each variable; zero holds the variable.</param>
    /// <param name="maxEvaluations">Upper bound of calls.</param>
    /// <param name="tolerance">Converged when the values of the simplex differ by less than this fraction of the best.</param>
    public static Outcome Minimise(
        Func<double[], double> function, ReadOnlySpan<double> start, ReadOnlySpan<double> edge, int maxEvaluations, double tolerance = 1e-4)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(edge.Length, start.Length);
        var free = new List<int>();
        for (int k = 0; k < edge.Length; k++) if (edge[k] != 0) free.Add(k);
        int n = free.Count, calls = 0;
        double Call(double[] x)
        {
            calls++;
            double value = function(x);
            return double.IsNaN(value) ? double.PositiveInfinity : value;
        }

        var points = new double[n + 1][];
        var values = new double[n + 1];
        for (int k = 0; k <= n; k++)
        {
            points[k] = start.ToArray();
            if (k > 0) points[k][free[k - 1]] += edge[free[k - 1]];
            values[k] = Call(points[k]);
        }

        while (true)
        {
            Array.Sort(values, points);
            bool converged = values[n] - values[0] <= tolerance * Math.Abs(values[0]);
            if (n == 0 || converged || calls >= maxEvaluations) return new(points[0], values[0], calls, converged || n == 0);

            double[] Along(double t)
            {
                var x = (double[])points[n].Clone();
                foreach (int k in free)
                {
                    double centre = 0;
                    for (int p = 0; p < n; p++) centre += points[p][k] / n;
                    x[k] = centre + t * (points[n][k] - centre);
                }

                return x;
            }

            double[] mirrored = Along(-1);
            double mirroredValue = Call(mirrored);
            if (mirroredValue < values[0])
            {
                double[] far = Along(-2);
                double farValue = Call(far);
                (points[n], values[n]) = farValue < mirroredValue ? (far, farValue) : (mirrored, mirroredValue);
                continue;
            }

            if (mirroredValue < values[n - 1])
            {
                (points[n], values[n]) = (mirrored, mirroredValue);
                continue;
            }

            double[] near = Along(mirroredValue < values[n] ? -0.5 : 0.5);
            double nearValue = Call(near);
            if (nearValue < Math.Min(mirroredValue, values[n]))
            {
                (points[n], values[n]) = (near, nearValue);
                continue;
            }

            for (int p = 1; p <= n; p++)
            {
                foreach (int k in free) points[p][k] = points[0][k] + 0.5 * (points[p][k] - points[0][k]);
                values[p] = Call(points[p]);
            }
        }
    }
}
