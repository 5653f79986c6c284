using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>Chooses among learners by cross-validation over whole cells of the training side, then learns with the best.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="folds">Parts of the cross-validation.</param>
/// <param name="learners">Candidates.</param>
public sealed class ChoosingLearner(string name, int folds, params IReadOnlyList<ILearner> learners) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IPredictor Fit(TrainingRows rows, ulong seed) => Best(rows, seed).Fit(rows, seed);

    /// <summary>The candidate with the least mean relative error over held-out cells.</summary>
    public ILearner Best(TrainingRows rows, ulong seed)
    {
        double[] errors = new double[learners.Count];
        foreach (var (learn, held) in rows.Folds(folds))
            for (int k = 0; k < errors.Length; k++)
            {
                var predictor = learners[k].Fit(learn, seed);
                foreach (var cell in held)
                    for (int row = 0; row < cell.RowFeatures.Count; row++)
                        errors[k] += Math.Abs(predictor.Predict(cell.RowFeatures[row]) / cell.TargetValues[row] - 1);
            }

        return learners[Array.IndexOf(errors, errors.Min())];
    }
}
