using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>The mean of what was learnt from, whatever the features say: what every other learner must beat.</summary>
public sealed class MeanLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "mean of training";

    /// <inheritdoc/>
    public IPredictor Fit(TrainingRows rows, ulong seed) => new Constant(rows.TargetValues.Average());

    sealed class Constant(double value) : IPredictor
    {
        public double Predict(ReadOnlySpan<double> rowFeatures) => value;
    }
}
