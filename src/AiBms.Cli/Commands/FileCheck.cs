using System.Text.Json.Nodes;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What <c>validate</c> found out about one file.</summary>
/// <param name="Path">As given.</param>
/// <param name="Refusal">Why it could not be opened; null when it could.</param>
/// <param name="Recording">What was opened; null when it could not be.</param>
/// <param name="IsFine">Nothing found is as bad as asked for.</param>
sealed record FileCheck(string Path, string? Refusal, Recording? Recording, bool IsFine)
{
    /// <summary>A line for the file, then one for each thing found.</summary>
    public void Write(TextWriter to)
    {
        if (Recording is null)
        {
            to.WriteLine($"PROBLEM {Refusal}");
            return;
        }

        to.WriteLine($"{(IsFine ? "fine   " : "PROBLEM")} {Path}: {Recording.Findings.Dialect}, {Recording.RowCount} rows");
        foreach (FileFinding item in Recording.Findings.Items.Where(item => item.Severity > Severity.Note))
            to.WriteLine($"          {item.Severity.ToString().ToLowerInvariant()}: {item.Message}{RecordingText.Lines(item, Recording.Findings)}");
    }

    /// <summary>The same for programs.</summary>
    public JsonObject AsJson() => new()
    {
        ["path"] = Path,
        ["fine"] = IsFine,
        ["refusal"] = Refusal,
        ["recording"] = Recording is null ? null : RecordingJson.Of(Recording),
    };
}
