using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Writes up what is worth knowing about a recording.</summary>
static class FindingsWriter
{
    const int LinesListed = 5;

    static readonly (RowFlags Flag, string Kind, string Text)[] Reasons =
    [
        (RowFlags.Malformed, "malformed", "have the wrong number of fields"),
        (RowFlags.MissingValue, "missing-value", "have no usable time, voltage or current"),
        (RowFlags.ImpossibleValue, "impossible-value", "have a voltage, current or temperature that cannot be"),
        (RowFlags.TimeBackwards, "time-backwards", "go back in time"),
        (RowFlags.DuplicateTime, "duplicate-time", "repeat the time of the row before"),
    ];

    /// <summary>Adds the findings to what is known of the file.</summary>
    public static Findings Write(Recording recording, Findings facts, Layout layout, RawTable raw)
    {
        List<FileFinding> items = [];
        foreach ((RowFlags flag, string kind, string text) in Reasons)
            AddRows(items, recording.Flags, raw.Lines, flag, kind, text);
        AddAbsentColumns(items, layout);
        TimeFindings time = TimeFindings.Of(recording, raw.Lines);
        items.AddRange(time.Items);
        items.AddRange(ColumnFindings.Of(recording, raw.Lines));
        if (raw.CommentLines > 0)
            items.Add(new("comment", Severity.Note, $"{raw.CommentLines} lines are comments", raw.CommentLines, []));
        if (raw.BlankLines > 0)
            items.Add(new("blank", Severity.Note, $"{raw.BlankLines} lines are blank", raw.BlankLines, []));
        if (recording.Series.Count > 1)
            items.Add(new("series", Severity.Note, $"the file holds {recording.Series.Count} series; --series NAME opens one", recording.Series.Count, []));
        return facts with
        {
            DialectEvidence = [.. layout.Evidence],
            Columns = [.. layout.Columns.Where(column => column.Role != Role.Extra || layout.Columns.Count < 30).Select(Describe)],
            StartedAt = layout.StartedAt ?? raw.ClockOrigin,
            SamplePeriodS = time.SamplePeriodS,
            DurationS = time.DurationS,
            Items = [.. items.OrderByDescending(item => item.Severity)],
        };
    }

    static void AddRows(List<FileFinding> items, RowFlags[] flags, LineMap lines, RowFlags flag, string kind, string text)
    {
        int count = 0;
        List<int> first = [];
        for (int row = 0; row < flags.Length; row++)
        {
            if ((flags[row] & flag) == RowFlags.None)
                continue;
            count++;
            if (first.Count < LinesListed)
                first.Add(lines.LineOf(row));
        }

        if (count > 0)
            items.Add(new(kind, Severity.Problem, $"{count} rows {text}", count, first));
    }

    static void AddAbsentColumns(List<FileFinding> items, Layout layout)
    {
        foreach (Role role in (Role[])[Role.Voltage, Role.Current])
        {
            if (!layout.Has(role))
                items.Add(new("no-column", Severity.Warning, $"the file has no {role.ToString().ToLowerInvariant()}", 1, []));
        }

        if (!layout.Has(Role.Temperature))
            items.Add(new("no-column", Severity.Note, "the file has no case temperature", 1, []));
    }

    static string Describe(ColumnBinding column)
    {
        string role = column.Role == Role.Extra ? column.Name : column.Role.ToString().ToLowerInvariant();
        string unit = column.Unit.Length == 0 ? "" : $" in {column.Unit}";
        string scale = column.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {column.Scale:G6}");
        string offset = column.Offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {column.Offset:+0.###;-0.###}");
        return $"\"{column.FileName}\"{scale}{offset} is {role}{unit}";
    }
}
