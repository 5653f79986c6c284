using System.Text;

namespace AiBms.Telemetry.Csv;

/// <summary>One row of delimited text with quotes, by RFC 4180: a quoted field may hold delimiters, line ends and doubled quotes.</summary>
/// <remarks>A quote inside a field that does not begin with one is an ordinary character, as spreadsheets read it.</remarks>
static class CsvRow
{
    const byte Quote = (byte)'"', LineFeed = (byte)'\n', Return = (byte)'\r';

    /// <summary>Reads the row that begins at the start of <paramref name="data"/>.</summary>
    /// <param name="data">Bytes from the start of a row on.</param>
    /// <param name="delimiter">Field separator.</param>
    /// <param name="isFinal">Whether nothing comes after these bytes.</param>
    /// <param name="fields">Receives the fields, unquoted, one array each; what it held is removed.</param>
    /// <returns>How many bytes the row takes with its line end; −1 when the bytes end inside the row.</returns>
    public static int Read(ReadOnlySpan<byte> data, byte delimiter, bool isFinal, List<byte[]> fields)
    {
        fields.Clear();
        int at = 0;
        while (true)
        {
            int used = ReadField(data[at..], delimiter, isFinal, out byte[] field);
            if (used < 0)
                return -1;
            fields.Add(field);
            at += used;
            if (at >= data.Length)
                return isFinal ? at : -1;
            if (data[at] == delimiter)
            {
                at++;
                continue;
            }

            if (data[at] == Return)
            {
                if (at + 1 == data.Length && !isFinal)
                    return -1;
                if (at + 1 < data.Length && data[at + 1] == LineFeed)
                    at++;
            }

            return at + 1;
        }
    }

    /// <summary>The fields of one line of text, trimmed of blanks.</summary>
    public static string[] Split(string line, char delimiter)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
            return line.Split(delimiter, StringSplitOptions.TrimEntries);
        List<byte[]> fields = [];
        Read(Encoding.UTF8.GetBytes(line), (byte)delimiter, isFinal: true, fields);
        return [.. fields.Select(field => Encoding.UTF8.GetString(field).Trim())];
    }

    static int ReadField(ReadOnlySpan<byte> data, byte delimiter, bool isFinal, out byte[] field)
    {
        field = [];
        if (data.Length > 0 && data[0] == Quote)
            return ReadQuoted(data, delimiter, isFinal, out field);
        int end = data.IndexOfAny(delimiter, LineFeed, Return);
        if (end < 0)
        {
            if (!isFinal)
                return -1;
            end = data.Length;
        }

        field = data[..end].ToArray();
        return end;
    }

    static int ReadQuoted(ReadOnlySpan<byte> data, byte delimiter, bool isFinal, out byte[] field)
    {
        field = [];
        List<byte> text = [];
        int at = 1;
        while (at < data.Length)
        {
            if (data[at] != Quote)
            {
                text.Add(data[at++]);
            }
            else if (at + 1 < data.Length && data[at + 1] == Quote)
            {
                text.Add(Quote);
                at += 2;
            }
            else
            {
                // What stands between the closing quote and the next delimiter belongs to the field, as spreadsheets read it.
                int rest = data[(at + 1)..].IndexOfAny(delimiter, LineFeed, Return);
                if (rest < 0 && !isFinal)
                    return -1;
                int end = rest < 0 ? data.Length : at + 1 + rest;
                text.AddRange(data[(at + 1)..end]);
                field = [.. text];
                return end;
            }
        }

        field = [.. text];
        return isFinal ? data.Length : -1;
    }
}
