using AiBms.Learning.Learners;

namespace AiBms.Learning.Health;

/// <summary>A learnt estimate with its interval and its range of validity.</summary>
/// <remarks>
/// The interval is split-conformal over whole held-out cells of the training side: the 90 % quantile of relative errors, each cell weighing the same, raised by the
/// finite number of cells. Source: Barber, Candès, Ramdas, Tibshirani, "Predictive inference with the jackknife+", Ann. Statist. 49 (2021), doi 10.1214/20-AOS1965.
/// </remarks>
public sealed class HealthModel
{
    const int Folds = 5;

    /// <summary>A feature counts as outside when it is further beyond the learnt 0.1 to 99.9 % range than this share of its width.</summary>
    const double MarginFraction = 0.25;

    readonly IPredictor _predictor;
    readonly double[] _low, _high;

    HealthModel(IPredictor predictor, double halfWidthFraction, double[] low, double[] high) =>
        (_predictor, HalfWidthFraction, _low, _high) = (predictor, halfWidthFraction, low, high);

    /// <summary>Half width of the 90 % interval as a share of the estimate; NaN where too few cells were learnt from.</summary>
    public double HalfWidthFraction { get; }

    /// <summary>Learns.</summary>
    /// <param name="learner">How.</param>
    /// <param name="rows">From what.</param>
    /// <param name="seed">Seed of whatever is drawn.</param>
    /// <param name="withInterval">Whether the learner runs again over held-out cells for an interval.</param>
    public static HealthModel Fit(ILearner learner, TrainingRows rows, ulong seed, bool withInterval = true)
    {
        double half = withInterval && rows.CellCount > 2 ? HalfWidth(learner, rows, seed) : double.NaN;
        var (low, high) = Ranges(rows);
        return new(learner.Fit(rows, seed), half, low, high);
    }

    /// <summary>Estimates from one row of features.</summary>
    public HealthEstimate Estimate(ReadOnlySpan<double> rowFeatures)
    {
        double value = _predictor.Predict(rowFeatures), half = HalfWidthFraction * Math.Abs(value);
        int outside = 0;
        for (int k = 0; k < _low.Length; k++)
            if (rowFeatures[k] < _low[k] || rowFeatures[k] > _high[k]) outside++;
        // A row in a hundred features may be a little odd in one of them.
        return new(value, value - half, value + half, outside <= rowFeatures.Length / 20);
    }

    static double HalfWidth(ILearner learner, TrainingRows rows, ulong seed)
    {
        List<(double Error, double Weight)> errors = [];
        int cells = 0;
        foreach (var (learn, held) in rows.Folds(Folds))
        {
            var predictor = learner.Fit(learn, seed);
            foreach (var cell in held)
            {
                cells++;
                for (int row = 0; row < cell.RowFeatures.Count; row++)
                {
                    double estimate = predictor.Predict(cell.RowFeatures[row]);
                    errors.Add((Math.Abs(cell.TargetValues[row] - estimate) / Math.Abs(estimate), 1.0 / cell.RowFeatures.Count));
                }
            }
        }

        errors.Sort();
        double wanted = Math.Min(1, 0.9 * (cells + 1) / cells) * cells, sum = 0;
        foreach (var (error, weight) in errors)
            if ((sum += weight) >= wanted - 1e-9) return error;
        return errors[^1].Error;
    }

    static (double[] Low, double[] High) Ranges(TrainingRows rows)
    {
        int count = rows.FeatureNames.Count;
        double[] low = new double[count], high = new double[count];
        for (int k = 0; k < count; k++)
        {
            double[] seen = [.. rows.RowFeatures.Select(row => row[k]).Where(double.IsFinite).Order()];
            double from = Numerics.Ranks.At(seen, 0.001), to = Numerics.Ranks.At(seen, 0.999), margin = MarginFraction * (to - from);
            (low[k], high[k]) = (from - margin, to + margin);
        }

        return (low, high);
    }
}
