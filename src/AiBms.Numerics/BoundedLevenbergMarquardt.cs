namespace AiBms.Numerics;

/// <summary>Minimises ½·‖r(x)‖² between bounds by the method of Levenberg and Marquardt, from residuals and their exact slopes.</summary>
/// <remarks>
/// Marquardt, J. SIAM 11 (1963) 431, doi:10.1137/0111030; a variable at a bound that the slope pushes against is held for the step
/// (Bertsekas, SIAM J. Control Optim. 20 (1982) 221, doi:10.1137/0320018). Variables should be of size one, such as logarithms.
/// </remarks>
public static class BoundedLevenbergMarquardt
{
    const double FirstDamping = 1e-2, LeastDamping = 1e-9, MostDamping = 1e8, LongestStep = 1;

    /// <summary>Residuals at a point and, where asked for, their slopes by variable; false where there are none.</summary>
    /// <param name="point">The variables.</param>
    /// <param name="residuals">To be filled.</param>
    /// <param name="slopes">One row of residuals a variable, to be filled; null where only residuals are asked for.</param>
    public delegate bool Problem(ReadOnlySpan<double> point, double[] residuals, double[][]? slopes);

    /// <summary>What a search came to.</summary>
    /// <param name="Point">The best point.</param>
    /// <param name="Residuals">Residuals there.</param>
    /// <param name="Slopes">Their slopes there, one row a variable.</param>
    /// <param name="Cost">½·‖r‖² there.</param>
    /// <param name="Rounds">Linearisations.</param>
    /// <param name="Converged">Whether the last steps no longer helped; false when rounds ran out.</param>
    public sealed record Outcome(double[] Point, double[] Residuals, double[][] Slopes, double Cost, int Rounds, bool Converged);

    /// <summary>Searches.</summary>
    /// <param name="problem">Residuals and slopes.</param>
    /// <param name="count">How many residuals.</param>
    /// <param name="start">Where to begin, within the bounds.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="mostRounds">Linearisations at most.</param>
    /// <param name="tolerance">A relative gain of the cost below this ends the search.</param>
    /// <param name="round">Told the round and the cost.</param>
    /// <exception cref="ArgumentException">There are no residuals at the start.</exception>
    public static Outcome Minimise(Problem problem, int count, double[] start, double[] lower, double[] upper, int mostRounds, double tolerance, Action<int, double>? round = null)
    {
        int n = start.Length;
        double[] x = [.. start], trial = new double[n], residuals = new double[count], trialResiduals = new double[count];
        double[][] slopes = [.. start.Select(_ => new double[count])];
        if (!problem(x, residuals, slopes)) throw new ArgumentException("the start has no residuals", nameof(start));
        double cost = Half(residuals), damping = FirstDamping;
        double[] normal = new double[n * n], gradient = new double[n], step = new double[n];
        bool[] held = new bool[n];
        for (int k = 1; k <= mostRounds; k++)
        {
            round?.Invoke(k, cost);
            Form(slopes, residuals, normal, gradient);
            bool moved = false;
            double gain = 0;
            while (damping <= MostDamping)
            {
                for (int i = 0; i < n; i++) held[i] = (x[i] <= lower[i] && gradient[i] > 0) || (x[i] >= upper[i] && gradient[i] < 0);
                if (Step(normal, gradient, held, damping, step))
                {
                    for (int i = 0; i < n; i++) trial[i] = Math.Clamp(x[i] + step[i], lower[i], upper[i]);
                    double trialCost = problem(trial, trialResiduals, null) ? Half(trialResiduals) : double.NaN;
                    if (trialCost < cost)
                    {
                        gain = (cost - trialCost) / cost;
                        trial.CopyTo(x, 0);
                        cost = trialCost;
                        (damping, moved) = (Math.Max(LeastDamping, damping / 5), true);
                        break;
                    }
                }

                damping *= 4;
            }

            if (moved && !problem(x, residuals, slopes)) throw new ArgumentException("slopes are missing where there are residuals", nameof(problem));
            if (!moved || gain < tolerance) return new(x, residuals, slopes, cost, k, true);
        }

        return new(x, residuals, slopes, cost, mostRounds, false);
    }

    static double Half(double[] residuals)
    {
        double sum = 0;
        foreach (double r in residuals) sum += r * r;
        return 0.5 * sum;
    }

    static void Form(double[][] slopes, double[] residuals, double[] normal, double[] gradient)
    {
        int n = slopes.Length;
        for (int i = 0; i < n; i++)
        {
            double g = 0;
            for (int r = 0; r < residuals.Length; r++) g += slopes[i][r] * residuals[r];
            gradient[i] = g;
            for (int j = 0; j <= i; j++)
            {
                double a = 0;
                for (int r = 0; r < residuals.Length; r++) a += slopes[i][r] * slopes[j][r];
                normal[i * n + j] = normal[j * n + i] = a;
            }
        }
    }

    static bool Step(double[] normal, double[] gradient, bool[] held, double damping, double[] step)
    {
        int n = gradient.Length;
        int[] free = [.. Enumerable.Range(0, n).Where(i => !held[i])];
        Array.Clear(step);
        if (free.Length == 0) return false;
        int m = free.Length;
        double[] a = new double[m * m], b = new double[m];
        double largest = free.Max(i => normal[i * n + i]);
        for (int i = 0; i < m; i++)
        {
            b[i] = -gradient[free[i]];
            for (int j = 0; j < m; j++) a[i * m + j] = normal[free[i] * n + free[j]];
            // A variable that nothing depends on must not run away.
            a[i * m + i] += damping * (a[i * m + i] + 1e-6 * largest);
        }

        if (!Dense.Cholesky(a, m)) return false;
        Dense.CholeskySolve(a, m, b);
        double longest = b.Max(Math.Abs), scale = longest > LongestStep ? LongestStep / longest : 1;
        for (int i = 0; i < m; i++) step[free[i]] = scale * b[i];
        return true;
    }
}
