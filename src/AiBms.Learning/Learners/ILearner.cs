using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>A way of learning an estimate from rows of features.</summary>
public interface ILearner
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <summary>Every setting in words: two learners with the same settings learn the same from the same rows and seed.</summary>
    string Settings { get; }

    /// <summary>Learns; the same rows and seed give the same numbers.</summary>
    RegressionFile Fit(TrainingRows rows, ulong seed);
}
