using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Finds the series inside a file: runs of rows whose series columns hold the same words.</summary>
static class SeriesFinder
{
    /// <summary>The series in file order; one without a name when the dialect names none.</summary>
    public static IReadOnlyList<SeriesSpan> Find(Layout layout, RawTable raw)
    {
        int[] keys = [.. Enumerable.Range(0, layout.Columns.Count).Where(i => layout.Columns[i].Role == Role.Series)];
        if (keys.Length == 0)
            return [new("", 0, raw.RowCount)];
        List<SeriesSpan> spans = [];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        int start = 0;
        for (int row = 1; row <= raw.RowCount; row++)
        {
            if (row < raw.RowCount && keys.All(key => raw.Words[key]![row] == raw.Words[key]![row - 1]))
                continue;
            string name = string.Join('/', keys.Select(key => raw.Words[key]!.Words[raw.Words[key]![start]]));
            int times = seen[name] = seen.GetValueOrDefault(name) + 1;
            // A name that comes back after others is another recording.
            spans.Add(new(times == 1 ? name : $"{name} ({times})", start, row - start));
            start = row;
        }

        return spans;
    }

    /// <summary>The part of a recording that one of its series covers.</summary>
    /// <exception cref="DataException">There is no such series.</exception>
    public static Recording Pick(Recording whole, string name, string path)
    {
        SeriesSpan? span = whole.Series.FirstOrDefault(series => series.Name.Equals(name, StringComparison.Ordinal));
        if (span is null)
        {
            string known = string.Join(", ", whole.Series.Take(8).Select(series => series.Name));
            throw new DataException(whole.Series.Count == 1 && known.Length == 0
                ? $"{path} holds one series without a name; leave --series off."
                : $"{path} has no series \"{name}\"; it has {whole.Series.Count}: {known}{(whole.Series.Count > 8 ? " …" : "")}.");
        }

        return whole.Slice(span);
    }
}
