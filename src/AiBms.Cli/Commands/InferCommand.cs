using System.CommandLine;
using AiBms.Cli.Shell;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms infer</c>: a recording in, a state with its band out.</summary>
static class InferCommand
{
    public static Verb Create()
    {
        var input = new Option<string>("--input_path") { Description = "The recording.", Required = true, HelpName = "FILE" };
        var verb = new Verb("infer", "Estimate the state of charge of a recorded file.", "infer --input_path drive.csv") { input };
        verb.Aliases.Add("inference");
        return verb.Does((parsed, talk) =>
        {
            var recording = RecordingDoor.Open(parsed.GetRequiredValue(input));
            talk.Data.WriteLine($"{recording.Name}: {recording.RowCount} rows");
            return ExitCode.Ok;
        });
    }
}
