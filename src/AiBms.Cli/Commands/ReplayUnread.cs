using System.Globalization;
using AiBms.Agent.Replay;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What of a record a replay could not read, a sentence each with how much and where first.</summary>
static class ReplayUnread
{
    static readonly string[] s_kinds = ["cut", "malformed", "no-time", "missing-value", "unreadable-value", "time-backwards"];

    public static IReadOnlyList<string> Of(Recording recording, ReplayResult result)
    {
        List<string> sentences = [];
        if (result.LeftOutRows > 0) sentences.Add(string.Create(CultureInfo.InvariantCulture, $"left out: {result.LeftOutRows} of {result.Rows} rows, which have no time or not all their fields"));
        sentences.AddRange(recording.Findings.Items.Where(item => s_kinds.Contains(item.Kind, StringComparer.Ordinal)).Select(item => $"not read: {item.Message}{RecordingText.Lines(item, recording.Findings)}"));
        return sentences;
    }
}
