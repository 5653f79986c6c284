using System.CommandLine;
using System.Text.Json.Nodes;
using AiBms.Cli.Shell;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms convert IN --out FILE</c>: a recording in any dialect in, the Battery Data Format out.</summary>
static class ConvertCommand
{
    public static Verb Create()
    {
        var file = new Argument<string>("file") { Description = "The recording." };
        var target = new Option<string>("--out") { Description = "The new file: .csv, .csv.gz, .bdf.gz or .parquet.", Required = true, HelpName = "FILE" };
        var verb = new Verb("convert", "Write a recording in the Battery Data Format.", "convert drive.csv --out drive.bdf.csv", "convert fleet.csv --out fleet.bdf.parquet --current-sign discharge")
        {
            file, target,
        };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            string path = parsed.GetRequiredValue(target);
            // Looked at before the recording is read: a wrong name should not cost the wait.
            if (!RecordingWriter.Knows(path))
                throw new UsageException($"'{path}' does not end in .csv, .csv.gz, .bdf.gz or .parquet.");
            OutputRules.MustNotReplace(target.Name, path, parsed.GetRequiredValue(file));
            Recording recording = RecordingDoor.Open(parsed.GetRequiredValue(file), door.Read(parsed));
            RecordingWriter.Write(recording, path);
            if (talk.IsJson)
                talk.WriteJson(new JsonObject { ["out"] = path, ["rows"] = recording.RowCount, ["recording"] = RecordingJson.Of(recording) });
            else
            {
                talk.Data.WriteLine($"{recording.Name}: {recording.RowCount} rows of {recording.Findings.Dialect} written to {path}");
                RecordingText.WriteFindings(talk.Error, recording.Findings);
            }

            return ExitCode.Ok;
        });
    }
}
