using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>Learns what a forecast among the features leaves over, and adds it to that forecast.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="baseFeature">The forecast.</param>
/// <param name="learner">Learns the rest.</param>
public sealed class ResidualLearner(string name, string baseFeature, ILearner learner) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Settings => $"{baseFeature} and {learner.Settings}";

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        int column = Enumerable.Range(0, rows.FeatureNames.Count).First(k => rows.FeatureNames[k] == baseFeature);
        return learner.Fit(rows.With((row, target) => target - row[column]), seed) with { BaseInput = column };
    }
}
