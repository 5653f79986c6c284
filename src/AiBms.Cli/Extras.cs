using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Learning.Learners;
using AiBms.Learning.Training;

namespace AiBms.Cli;

/// <summary>What another program adds to the command line because it carries large libraries.</summary>
sealed record Extras
{
    /// <summary>What <c>train</c> can train.</summary>
    public IReadOnlyList<ITrainer> Trainers { get; init; } = AiBms.Learning.Training.Trainers.All;

    /// <summary>Learners that need a training library: with names and settings alone in a program without one.</summary>
    public ILearnerLibrary Library { get; init; } = new AbsentLibrary();

    /// <summary>Opens an ONNX file as an estimator; null in a program without a runtime for it.</summary>
    public Func<string, CellType, ISocEstimator>? OpenOnnx { get; init; }
}
