using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Writes up what is worth knowing about a recording.</summary>
static class FindingsWriter
{
    const int LinesListed = 5, FamilyListed = 3;

    static readonly (RowFlags Flag, Severity Severity, string Kind, string Text)[] Reasons =
    [
        (RowFlags.Malformed, Severity.Problem, "malformed", "wrong number of fields"),
        (RowFlags.MissingValue, Severity.Problem, "missing-value", "no usable time, voltage or current"),
        (RowFlags.ImpossibleValue, Severity.Problem, "impossible-value", "voltage, current or temperature that cannot be"),
        (RowFlags.TimeBackwards, Severity.Problem, "time-backwards", "time runs backwards"),
        // Cyclers write the last row of a step and the first of the next at one time: both are true.
        (RowFlags.DuplicateTime, Severity.Warning, "duplicate-time", "time repeats the row before"),
    ];

    /// <summary>Adds the findings to what is known of the file.</summary>
    public static Findings Write(Recording recording, Findings facts, Layout layout, RawTable raw)
    {
        List<FileFinding> items = [];
        foreach ((RowFlags flag, Severity severity, string kind, string text) in Reasons)
            AddRows(items, recording, raw.Lines, flag, new(kind, severity, text, 0, []));
        AddUnread(items, recording, raw);
        AddAbsentColumns(items, layout);
        TimeFindings time = TimeFindings.Of(recording, raw.Lines);
        items.AddRange(time.Items);
        items.AddRange(ColumnFindings.Of(recording, raw.Lines));
        if (raw.CommentLines > 0)
            items.Add(new("comment", Severity.Note, $"comment lines: {raw.CommentLines}", raw.CommentLines, []));
        if (raw.BlankLines > 0)
            items.Add(new("blank", Severity.Note, $"blank lines: {raw.BlankLines}", raw.BlankLines, []));
        if (recording.Series.Count > 1)
            items.Add(new("series", Severity.Note, $"the file holds {recording.Series.Count} series; --series NAME opens one", recording.Series.Count, []));
        return facts with
        {
            DialectEvidence = [.. layout.Evidence],
            Columns = DescribeAll(layout),
            StartedAt = layout.StartedAt ?? raw.ClockOrigin,
            SamplePeriodS = time.SamplePeriodS,
            DurationS = time.DurationS,
            Items = [.. items.OrderByDescending(item => item.Severity)],
        };
    }

    /// <summary>What stands in the file and could not be read.</summary>
    static void AddUnread(List<FileFinding> items, Recording recording, RawTable raw)
    {
        if (raw.IsCut)
            items.Add(new("cut", Severity.Problem, "the file ends in the middle of its last row: it is cut", 1, [raw.Lines.LineOf(raw.RowCount - 1)]));
        if (raw.UnreadableCount > 0)
            items.Add(new("unreadable-value", Severity.Problem, $"values that are no number, taken as missing: {raw.UnreadableCount}, such as {raw.FirstUnreadable}", raw.UnreadableCount, [.. raw.UnreadableRows.Select(raw.Lines.LineOf)]));
        int[] timeless = [.. Enumerable.Range(0, recording.RowCount).Where(row => !double.IsFinite(recording.TimeS[row]))];
        if (timeless.Length > 0)
            items.Add(new("no-time", Severity.Problem, $"no time: {timeless.Length} {(timeless.Length == 1 ? "row" : "rows")}", timeless.Length, [.. timeless.Take(LinesListed).Select(raw.Lines.LineOf)]));
    }

    static void AddRows(List<FileFinding> items, Recording recording, LineMap lines, RowFlags flag, FileFinding finding)
    {
        RowFlags[] flags = recording.Flags;
        int count = 0, example = -1;
        List<int> first = [];
        for (int row = 0; row < flags.Length; row++)
        {
            if ((flags[row] & flag) == RowFlags.None)
                continue;
            count++;
            if (example < 0)
                example = row;
            if (first.Count < LinesListed)
                first.Add(lines.LineOf(row));
        }

        if (count == 0)
            return;
        string shown = flag == RowFlags.ImpossibleValue ? $", such as {Show(recording, example)}" : "";
        items.Add(finding with { Message = $"{finding.Message}: {count} {(count == 1 ? "row" : "rows")}{shown}", Count = count, FirstLines = first });
    }

    static string Show(Recording recording, int row) => string.Create(CultureInfo.InvariantCulture,
        $"{recording.VoltageV[row]:G6} V, {recording.CurrentA[row]:G6} A, {recording.TemperatureDegC[row]:G6} °C");

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

    /// <summary>One sentence a column, and one for all cells or all probes of a wide file.</summary>
    static List<string> DescribeAll(Layout layout)
    {
        List<string> sentences = [];
        foreach (var family in layout.Columns.GroupBy(column => column.Role == Role.Extra && column.Name.StartsWith("V_", StringComparison.Ordinal) ? "cell voltages"
            : column.Role == Role.Extra && column.Name.StartsWith("T_", StringComparison.Ordinal) ? "probes" : "", StringComparer.Ordinal))
        {
            var columns = family.ToList();
            if (family.Key.Length == 0 || columns.Count <= FamilyListed)
                sentences.AddRange(columns.Select(Describe));
            else
                sentences.Add($"\"{columns[0].FileName}\" to \"{columns[^1].FileName}\" are {columns.Count} {family.Key}, {columns[0].Name} to {columns[^1].Name}{Conversion(columns[0])} in {columns[0].Unit}");
        }

        return sentences;
    }

    static string Describe(ColumnBinding column)
    {
        string role = column.Role == Role.Extra ? column.Name : column.Role.ToString().ToLowerInvariant();
        string unit = column.Unit.Length == 0 ? "" : $" in {column.Unit}";
        return $"\"{column.FileName}\"{Conversion(column)} is {role}{unit}";
    }

    static string Conversion(ColumnBinding column)
    {
        string scale = column.Scale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {column.Scale:G6}");
        string offset = column.Offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {column.Offset:+0.###;-0.###}");
        return scale + offset;
    }
}
