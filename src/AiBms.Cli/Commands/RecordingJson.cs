using System.Text.Json.Nodes;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>A recording's findings for programs.</summary>
static class RecordingJson
{
    /// <summary>One JSON object: what the file is, how it was read and why, and what was found.</summary>
    public static JsonObject Of(Recording recording)
    {
        Findings found = recording.Findings;
        return new()
        {
            ["name"] = recording.Name,
            ["dialect"] = found.Dialect,
            ["container"] = found.Container,
            ["sha256"] = found.Sha256,
            ["rows"] = recording.RowCount,
            ["durationS"] = found.DurationS,
            ["samplePeriodS"] = double.IsFinite(found.SamplePeriodS) ? found.SamplePeriodS : null,
            ["currentSignInFile"] = found.CurrentSign.ToString().ToLowerInvariant(),
            ["delimiter"] = found.Delimiter?.ToString(),
            ["decimalComma"] = found.DecimalComma,
            ["startedAt"] = found.StartedAt?.ToString("s"),
            ["dialectEvidence"] = List(found.DialectEvidence),
            ["signEvidence"] = List(found.SignEvidence),
            ["columns"] = List(found.Columns),
            ["series"] = new JsonArray([.. recording.Series.Select(SeriesOf)]),
            ["findings"] = new JsonArray([.. found.Items.Select(FindingOf)]),
        };
    }

    static JsonObject SeriesOf(SeriesSpan series) =>
        new() { ["name"] = series.Name, ["firstRow"] = series.FirstRow, ["rows"] = series.RowCount };

    static JsonObject FindingOf(FileFinding item) => new()
    {
        ["kind"] = item.Kind,
        ["severity"] = item.Severity.ToString().ToLowerInvariant(),
        ["message"] = item.Message,
        ["count"] = item.Count,
        ["firstLines"] = new JsonArray([.. item.FirstLines.Select(line => (JsonNode)line)]),
    };

    static JsonArray List(IReadOnlyList<string> sentences) => new([.. sentences.Select(sentence => (JsonNode)sentence)]);
}
