using AiBms.Numerics;

namespace AiBms.Learning.Identification;

/// <summary>Identifies a circuit from recordings by bounded, regularised least squares over whole simulations.</summary>
/// <remarks>
/// The linear parameters (OCV correction, entropic coefficient, hysteresis, every resistance node) are solved exactly for given time
/// constants and knee, with resistances ≥ 0 and smooth over SOC and temperature; the few non-linear ones are searched around that
/// (variable projection). Every recording counts once, whatever its length.
/// </remarks>
public static class CircuitFit
{
    /// <summary>Seconds between errors that count as independent when parameter deviations are stated.</summary>
    const double IndependentEveryS = 120;

    /// <summary>Each pair is slower than the one before by at least this factor.</summary>
    const double ApartFactor = 2;

    /// <summary>Identifies.</summary>
    /// <param name="runs">Recordings; those that only check are left alone.</param>
    /// <param name="ocv">OCV to begin with.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told fraction done and RMSE so far.</param>
    /// <exception cref="ArgumentException">Nothing to fit, or the data do not determine a solution.</exception>
    public static CircuitSolution Identify(IReadOnlyList<FitRun> runs, OcvCurve ocv, CircuitFitOptions options, Action<double, double>? progress = null)
    {
        FitRun[] fit = [.. runs.Where(r => r.IsFit)];
        if (fit.Length == 0) throw new ArgumentException("No recording takes part in the fit.", nameof(runs));
        bool hasKnee = options.KneeCurrentA > 0, hasCore = options.CoreHeatCapacityJPerK > 0;
        var start = new CircuitShape(options.TimeConstantsS, options.KneeCurrentA, 2500, options.ResistanceActivationK, 0, hasCore ? options.CoreToCaseKPerW : 0);
        int done = 0;
        double best = double.PositiveInfinity;
        double Cost(double[] x)
        {
            var shape = CircuitShape.FromVariables(x, hasKnee, hasCore);
            done++;

            // Pairs that change places would be the same circuit twice, but with the knee on a slow one.
            for (int j = 1; j < shape.TimeConstantsS.Length; j++)
                if (shape.TimeConstantsS[j] < ApartFactor * shape.TimeConstantsS[j - 1]) return double.PositiveInfinity;
            var (_, _, costV2) = Solve(fit, ocv, options, shape, options.RowEveryS.Search);
            best = Math.Min(best, costV2);
            progress?.Invoke(done / (double)options.MaxEvaluations, Math.Sqrt(best));
            return costV2;
        }

        double tauEdge = options.HoldTimeConstants ? 0 : 0.5;
        bool manyTemperatures = !options.HoldActivations && options.TemperatureNodesDegC[^1] - options.TemperatureNodesDegC[0] > 8;
        double[] edge = [
            .. options.TimeConstantsS.Select(_ => tauEdge), hasKnee ? 0.5 : 0, hasKnee && manyTemperatures ? 1.5 : 0, manyTemperatures ? 1 : 0,
            manyTemperatures && !options.HoldTimeConstants ? 1 : 0, hasCore && !options.HoldCoreToCase ? 0.4 : 0];
        var outcome = NelderMead.Minimise(Cost, start.ToVariables(), edge, options.MaxEvaluations, 1e-3);
        return At(fit, ocv, options, CircuitShape.FromVariables(outcome.Point, hasKnee, hasCore));
    }

    /// <summary>Solves the linear parameters at a given shape with all the rows.</summary>
    public static CircuitSolution At(IReadOnlyList<FitRun> runs, OcvCurve ocv, CircuitFitOptions options, CircuitShape shape)
    {
        var (linear, deviation, _) = Solve([.. runs.Where(r => r.IsFit)], ocv, options, shape, options.RowEveryS.Final);
        return new(options, shape, ocv, linear, deviation);
    }

    static (double[] Linear, double[] Deviation, double CostV2) Solve(
        FitRun[] runs, OcvCurve ocv, CircuitFitOptions options, CircuitShape shape, double everyS)
    {
        var design = new CircuitDesign(options, shape, ocv);
        int n = design.ColumnCount;
        double[] normal = new double[n * n], rhs = new double[n];
        double square = 0, weight = 0;

        // Partial sums are added in the order of the recordings, so that the result does not depend on the number of threads.
        var parts = runs.AsParallel().AsOrdered().Select(run => Part(design, run, everyS, n));
        foreach (var (partNormal, partRhs, partSquare, runWeight, span) in parts)
        {
            foreach (int row in span)
                foreach (int column in span)
                    normal[row * n + column] += partNormal[Math.Max(row, column) * n + Math.Min(row, column)];
            foreach (int row in span) rhs[row] += partRhs[row];
            (square, weight) = (square + partSquare, weight + runWeight);
        }

        double[] information = (double[])normal.Clone();
        double[] drawn = (double[])rhs.Clone();
        double priorV2 = FitPenalty.Add(normal, drawn, design, options);
        var lower = new double[n];
        Array.Fill(lower, double.NegativeInfinity, 0, design.HysteresisStart);
        double[] linear = BoundedLeastSquares.Solve(normal, drawn, lower)
            ?? throw new ArgumentException("The recordings do not determine a circuit: check that current, voltage and SOC belong together.", nameof(runs));

        double fitted = square;
        for (int k = 0; k < n; k++)
        {
            double product = 0;
            for (int m = 0; m < n; m++) product += information[k * n + m] * linear[m];
            fitted += linear[k] * (product - 2 * rhs[k]);
        }

        double meanSquare = Math.Max(0, fitted / weight), total = priorV2;
        for (int k = 0; k < n; k++) total -= 2 * linear[k] * (drawn[k] - rhs[k]);
        for (int k = 0; k < n; k++)
            for (int m = 0; m < n; m++) total += linear[k] * linear[m] * (normal[k * n + m] - information[k * n + m]);
        double independent = runs.Sum(r => (r.TimeS[^1] - r.TimeS[0]) / IndependentEveryS) / weight;
        return (linear, Deviations(normal, n, meanSquare / Math.Max(1, independent)), (fitted + total) / weight);
    }

    static (double[] Normal, double[] Rhs, double Square, double Weight, int[] Span) Part(CircuitDesign design, FitRun run, double everyS, int n)
    {
        double[] normal = new double[n * n], rhs = new double[n];
        double square = 0;
        int rows = 0;
        double step = Math.Max(everyS, (run.TimeS[^1] - run.TimeS[0]) / 3000);
        var touched = new bool[n];
        design.Walk(run, step, (_, row, active, target) =>
        {
            rows++;
            square += target * target;
            foreach (int i in active)
            {
                double value = row[i];
                touched[i] = true;
                rhs[i] += value * target;
                int first = i * n;
                foreach (int j in active)
                {
                    if (j > i) break;
                    normal[first + j] += value * row[j];
                }
            }
        });
        double scale = run.Weight / Math.Max(1, rows);
        for (int k = 0; k < normal.Length; k++) normal[k] *= scale;
        for (int k = 0; k < n; k++) rhs[k] *= scale;
        return (normal, rhs, square * scale, run.Weight, [.. Enumerable.Range(0, n).Where(k => touched[k])]);
    }

    /// <summary>√ of the diagonal of the inverse, scaled by the variance of one independent error.</summary>
    static double[] Deviations(double[] normal, int n, double variance)
    {
        double[] factor = (double[])normal.Clone(), deviation = new double[n], unit = new double[n];
        if (!Dense.Cholesky(factor, n)) return deviation;
        for (int k = 0; k < n; k++)
        {
            Array.Clear(unit);
            unit[k] = 1;
            Dense.CholeskySolve(factor, n, unit);
            deviation[k] = Math.Sqrt(Math.Max(0, unit[k] * variance));
        }

        return deviation;
    }
}
