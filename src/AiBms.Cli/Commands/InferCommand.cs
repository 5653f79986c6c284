using System.CommandLine;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms infer</c>: a recording in, a state with its band out.</summary>
static class InferCommand
{
    public static Command Create()
    {
        var input = new Option<string>("--input_path") { Description = "The recording.", Required = true };
        var command = new Command("infer", "Estimate the state of charge of a recorded file.") { input };
        command.Aliases.Add("inference");
        command.SetAction(parsed =>
        {
            var recording = RecordingDoor.Open(parsed.GetRequiredValue(input));
            Console.WriteLine($"{recording.Name}: {recording.RowCount} rows");
            return ExitCode.Ok;
        });
        return command;
    }
}
