using AiBms.Cli.Commands;
using AiBms.Cli.Shell;

namespace AiBms.Cli;

/// <summary>Every verb, one line each, in the order that help shows them. A verb is a file in Commands.</summary>
static class Verbs
{
    /// <summary>Fresh verbs for one command line.</summary>
    /// <param name="extras">What the program adds; null for nothing.</param>
    public static Verb[] All(Extras? extras = null) =>
    [
        ImportCommand.Create(),
        ValidateCommand.Create(),
        ConvertCommand.Create(),
        InferCommand.Create(extras ?? new()),
        EvaluateCommand.Create(),
        BoardCommand.Create(),
        SimulateCommand.Create(),
        ReplayCommand.Create(),
        AgentCommand.Create(),
        TrainCommand.Create((extras ?? new()).Trainers, (extras ?? new()).Library),
        DataCommand.Create(),
        IdentifyCommand.Create(),
        ExportCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
    ];
}
