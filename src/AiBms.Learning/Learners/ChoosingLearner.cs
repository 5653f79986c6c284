using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>Chooses among learners by cross-validation over whole cells of the training side, then learns with the best, or averages the few best.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="folds">Parts of the cross-validation.</param>
/// <param name="learners">Candidates.</param>
public sealed class ChoosingLearner(string name, int folds, params IReadOnlyList<ILearner> learners) : ILearner
{
    /// <summary>How many of the best are averaged.</summary>
    public int BestCount { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Settings => $"best {BestCount} over {folds} folds of {string.Join(" | ", learners.Select(learner => learner.Settings))}";

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        var ranked = Ranked(rows, seed);
        return BestCount == 1 ? ranked[0].Fit(rows, seed) : new AverageLearner(name, [.. ranked.Take(BestCount)]).Fit(rows, seed);
    }

    /// <summary>The candidate with the least mean relative error over held-out cells.</summary>
    public ILearner Best(TrainingRows rows, ulong seed) => Ranked(rows, seed)[0];

    ILearner[] Ranked(TrainingRows rows, ulong seed)
    {
        double[] errors = new double[learners.Count];
        foreach (var (learn, held) in rows.Folds(folds))
            for (int k = 0; k < errors.Length; k++)
            {
                Regression regression = new(learners[k].Fit(learn, seed));
                foreach (var cell in held)
                    for (int row = 0; row < cell.RowFeatures.Count; row++)
                        errors[k] += Math.Abs(regression.Predict(cell.RowFeatures[row]) / cell.TargetValues[row] - 1);
            }

        return [.. learners.Zip(errors).OrderBy(pair => pair.Second).Select(pair => pair.First)];
    }
}
