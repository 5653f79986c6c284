using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>The mean of several learners: their errors are not the same.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="learners">Which.</param>
public sealed class AverageLearner(string name, params IReadOnlyList<ILearner> learners) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IPredictor Fit(TrainingRows rows, ulong seed) => new Average([.. learners.Select(learner => learner.Fit(rows, seed))]);

    sealed class Average(IPredictor[] predictors) : IPredictor
    {
        public double Predict(ReadOnlySpan<double> rowFeatures)
        {
            double sum = 0;
            foreach (var predictor in predictors) sum += predictor.Predict(rowFeatures);
            return sum / predictors.Length;
        }
    }
}
