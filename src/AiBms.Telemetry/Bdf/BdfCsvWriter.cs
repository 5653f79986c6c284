using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Bdf;

/// <summary>Writes a recording as BDF text; reading it again gives the same numbers, bit for bit.</summary>
public static class BdfCsvWriter
{
    const int LongestNumber = 32, BufferBytes = 1 << 16;

    /// <summary>Writes one row for each row of the recording; a missing value is an empty field.</summary>
    /// <param name="recording">What to write.</param>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="gzip">Whether to compress.</param>
    /// <param name="added">Columns to write behind the recording's own.</param>
    public static void Write(Recording recording, string path, bool gzip, params IReadOnlyList<AddedColumn> added)
    {
        using FileStream file = File.Create(path);
        using Stream target = gzip ? new GZipStream(file, CompressionLevel.Optimal) : file;
        Write(recording, target, added);
    }

    /// <summary>Writes one row for each row of the recording.</summary>
    /// <param name="recording">What to write.</param>
    /// <param name="target">Where; not disposed.</param>
    /// <param name="added">Columns to write behind the recording's own.</param>
    public static void Write(Recording recording, Stream target, params IReadOnlyList<AddedColumn> added)
    {
        List<AddedColumn> columns = [.. BdfTable.Columns(recording).Select(column => new AddedColumn(column.Label, column.Values))];
        if (BdfTable.SeriesNames(recording) is { } names)
            columns.Add(new(BdfColumns.Series, names));
        columns.AddRange(added);
        // Not disposed: that would close the target.
        var buffered = new BufferedStream(target, BufferBytes);
        buffered.Write(Encoding.UTF8.GetBytes(string.Join(',', columns.Select(column => Quoted(column.Label))) + "\n"));
        Span<byte> number = stackalloc byte[LongestNumber];
        for (int row = 0; row < recording.RowCount; row++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                if (column > 0)
                    buffered.WriteByte((byte)',');
                if (columns[column].Words is { } words)
                {
                    buffered.Write(Encoding.UTF8.GetBytes(Quoted(words[row])));
                    continue;
                }

                double value = columns[column].Values![row];
                if (double.IsFinite(value) && Utf8Formatter.TryFormat(value, number, out int length))
                    buffered.Write(number[..length]);
            }

            buffered.WriteByte((byte)'\n');
        }

        buffered.Flush();
    }

    static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
