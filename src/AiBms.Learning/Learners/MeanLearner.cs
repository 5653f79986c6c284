using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>The mean of what was learnt from, whatever the features say: what every other learner must beat.</summary>
public sealed class MeanLearner : ILearner
{
    /// <inheritdoc/>
    public string Name => "mean of training";

    /// <inheritdoc/>
    public string Settings => "mean";

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed) => new() { Kind = "constant", Intercept = rows.TargetValues.Average() };
}
