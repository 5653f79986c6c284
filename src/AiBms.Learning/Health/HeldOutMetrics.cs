using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Health;

/// <summary>What a learner scored on cells held out of folds of the training side: the figures of a model that has no cells to choose on.</summary>
static class HeldOutMetrics
{
    /// <summary>Name of the part in a model file.</summary>
    public const string Part = "held out of folds";

    /// <summary>RMSE, MAPE and coverage, every row weighing the same.</summary>
    /// <param name="held">Every training cell once.</param>
    /// <param name="quantile">Makes the width of an interval from scores of cells.</param>
    public static ModelMetric[] Of(IReadOnlyList<HeldOutCell> held, Func<IEnumerable<double[]>, double> quantile)
    {
        var rows = held.SelectMany(cell => cell.EstimateValues.Zip(cell.Cell.TargetValues)).ToArray();
        // A width that was ranked from the very errors it is held against would cover 90 % of them by its making.
        bool[] covered = [.. held.SelectMany(cell => Covered(cell, quantile(held.Where(other => other.Fold != cell.Fold).Select(other => other.ScoreValues))))];
        return
        [
            new(Part, "RMSE, in the unit of the output", FeatureFit.Rounded(Math.Sqrt(rows.Average(row => (row.First - row.Second) * (row.First - row.Second))))),
            new(Part, "MAPE, share of the truth", FeatureFit.Rounded(rows.Average(row => Math.Abs((row.First - row.Second) / row.Second)))),
            new(Part, "coverage of a 90 % interval made from the other folds", FeatureFit.Rounded(covered.Average(isInside => isInside ? 1.0 : 0))),
        ];
    }

    static IEnumerable<bool> Covered(HeldOutCell cell, double width) => cell.ScoreValues.Select(score => score <= width);
}
