using AiBms.Battery.Estimation.Networks;
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
    public string Settings => $"average of {string.Join(" | ", learners.Select(learner => learner.Settings))}";

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed) => new() { Kind = "average", Parts = [.. learners.Select(learner => learner.Fit(rows, seed))] };
}
