using System.Globalization;
using System.Text;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>What a dialect may look at: the first lines of a text file, or the column names of a table.</summary>
sealed class FileHead
{
    /// <summary>Names and delimiters are looked for in this many lines; EC-Lab preambles are the longest known.</summary>
    const int SearchedLines = 200;

    readonly string[]? _columns;

    /// <summary>The head of a text file.</summary>
    /// <param name="fileName">Without folders.</param>
    /// <param name="lines">The first lines, without line ends.</param>
    public FileHead(string fileName, IReadOnlyList<string> lines) => (FileName, Lines) = (fileName, lines);

    /// <summary>The head of a file that has columns but no lines.</summary>
    /// <param name="fileName">Without folders.</param>
    /// <param name="columns">Column names in file order.</param>
    public FileHead(string fileName, string[] columns) => (FileName, Lines, _columns) = (fileName, [], columns);

    /// <summary>Without folders.</summary>
    public string FileName { get; }

    /// <summary>The first lines of a text file; empty for tables.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The column names of a table, in file order; null for a text file.</summary>
    public IReadOnlyList<string>? Columns => _columns;

    /// <summary>The first line that holds all these column names, regardless of case; null when none does.</summary>
    public HeaderRow? Find(params ReadOnlySpan<string> names)
    {
        if (_columns is not null)
            return HasAll(new(-1, ',', _columns) { FirstDataLine = 0 }, names);
        for (int line = 0; line < Math.Min(Lines.Count, SearchedLines); line++)
        {
            if (!Lines[line].Contains(names[0], StringComparison.OrdinalIgnoreCase))
                continue;
            if (HasAll(HeaderAt(line), names) is { } header)
                return header;
        }

        return null;
    }

    /// <summary>Every line that could be a header, as one: the first ones of a text, the column names of a table.</summary>
    public IEnumerable<HeaderRow> Headers() => _columns is not null
        ? [new(-1, ',', _columns) { FirstDataLine = 0 }]
        : Enumerable.Range(0, Math.Min(Lines.Count, SearchedLines)).Where(line => Lines[line].Length > 0 && !char.IsAsciiDigit(Lines[line][0])).Select(HeaderAt);

    /// <summary>Reads a line as a header.</summary>
    public HeaderRow HeaderAt(int line)
    {
        char delimiter = Delimiters.Guess(Lines[line]);
        return new(line, delimiter, Fields(line, delimiter));
    }

    /// <summary>The trimmed fields of a line.</summary>
    public string[] Fields(int line, char delimiter) => CsvRow.Split(Lines[line], delimiter);

    /// <summary>How the first value of a column is written: as a number, an elapsed time or a date; numbers in tables.</summary>
    public FieldForm FormOf(HeaderRow header, string column)
    {
        int index = header.IndexOf(column);
        for (int line = header.FirstDataLine; line < Lines.Count; line++)
        {
            string[] fields = Fields(line, header.Delimiter);
            if (index >= fields.Length || fields[index].Length == 0)
                continue;
            byte[] field = Encoding.UTF8.GetBytes(fields[index]);
            int at = 0;
            if (NumberParser.TryRead(field, ref at, (byte)(header.Delimiter == ',' ? '.' : ','), out _) && at == field.Length)
                return FieldForm.Number;
            if (double.TryParse(field, CultureInfo.InvariantCulture, out _))
                return FieldForm.Number;
            return ClockParser.TryRead(field, (byte)'.', out _) ? FieldForm.Clock : FieldForm.Timestamp;
        }

        return FieldForm.Number;
    }

    /// <summary>Value of a preamble line such as <c>Start Time,4/27/2017</c>; null when there is none before <paramref name="endLine"/>.</summary>
    public string? Preamble(string key, char delimiter, int endLine)
    {
        for (int line = 0; line < Math.Min(endLine, Lines.Count); line++)
        {
            if (Lines[line].StartsWith(key, StringComparison.OrdinalIgnoreCase) && Fields(line, delimiter) is [_, var value, ..])
                return value;
        }

        return null;
    }

    static HeaderRow? HasAll(HeaderRow header, ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!header.Has(name))
                return null;
        }

        return header;
    }
}
