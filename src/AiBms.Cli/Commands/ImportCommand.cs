using System.CommandLine;
using AiBms.Cli.Shell;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms import FILE</c>: shows what the door found in a recording.</summary>
static class ImportCommand
{
    public static Verb Create()
    {
        var file = new Argument<string>("file") { Description = "The recording." };
        var explain = new Option<bool>("--explain") { Description = "Also say why it was read as it was." };
        var verb = new Verb("import", "Open a recorded file and show what was found in it.", "import drive.csv --explain", "import fleet.csv --current-sign discharge --json")
        {
            file, explain,
        };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            Recording recording = RecordingDoor.Open(parsed.GetRequiredValue(file), door.Read(parsed));
            if (talk.IsJson)
                talk.WriteJson(RecordingJson.Of(recording));
            else
                RecordingText.Write(talk.Data, recording, parsed.GetValue(explain));
            return ExitCode.Ok;
        });
    }
}
