using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>A way of learning an estimate from rows of features.</summary>
public interface ILearner
{
    /// <summary>Name in tables.</summary>
    string Name { get; }

    /// <summary>Learns; the same rows and seed give the same predictor.</summary>
    IPredictor Fit(TrainingRows rows, ulong seed);
}
