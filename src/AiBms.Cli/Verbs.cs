using AiBms.Cli.Commands;
using AiBms.Cli.Shell;

namespace AiBms.Cli;

/// <summary>Every verb, one line each, in the order that help shows them. A verb is a file in Commands.</summary>
static class Verbs
{
    /// <summary>Fresh verbs for one command line.</summary>
    public static Verb[] All() =>
    [
        ImportCommand.Create(),
        ValidateCommand.Create(),
        ConvertCommand.Create(),
        InferCommand.Create(),
        EvaluateCommand.Create(),
        BoardCommand.Create(),
        SimulateCommand.Create(),
        ReplayCommand.Create(),
        DataCommand.Create(),
        IdentifyCommand.Create(),
        ExportCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
    ];
}
