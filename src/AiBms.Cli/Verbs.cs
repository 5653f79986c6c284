using AiBms.Cli.Commands;
using AiBms.Cli.Shell;
using AiBms.Learning.Training;

namespace AiBms.Cli;

/// <summary>Every verb, one line each, in the order that help shows them. A verb is a file in Commands.</summary>
static class Verbs
{
    /// <summary>Fresh verbs for one command line.</summary>
    /// <param name="trainers">What <c>train</c> can train; null for all that need no training library.</param>
    public static Verb[] All(IReadOnlyList<ITrainer>? trainers = null) =>
    [
        ImportCommand.Create(),
        ValidateCommand.Create(),
        ConvertCommand.Create(),
        InferCommand.Create(),
        EvaluateCommand.Create(),
        BoardCommand.Create(),
        SimulateCommand.Create(),
        ReplayCommand.Create(),
        TrainCommand.Create(trainers ?? Trainers.All),
        DataCommand.Create(),
        IdentifyCommand.Create(),
        ExportCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
    ];
}
