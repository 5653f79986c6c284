using System.Globalization;
using System.IO.Compression;
using AiBms.Telemetry;

namespace AiBms.Learning.Health;

/// <summary>A small table of a published feature set: comma separated, one header row, perhaps gzip.</summary>
sealed class FeatureCsv
{
    readonly Dictionary<string, int> _columns;

    FeatureCsv(string path, string[] header, List<string[]> rows) =>
        (Path, Rows, _columns) = (path, rows, header.Select((name, k) => (name, k)).ToDictionary(pair => pair.name, pair => pair.k, StringComparer.Ordinal));

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>The rows as text.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Names in the first line; none where it cannot be read as text.</summary>
    public static string[] Header(string path)
    {
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream contents = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using StreamReader reader = new(contents);
            char[] start = new char[4096];
            return new string(start, 0, reader.ReadBlock(start)).Split('\n')[0].TrimEnd('\r').Split(',');
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="DataException">The file is missing, damaged, or a row has another number of columns than the header.</exception>
    public static FeatureCsv Read(string path)
    {
        try
        {
            using Stream file = File.OpenRead(path);
            using Stream contents = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using StreamReader reader = new(contents);
            string[] header = reader.ReadLine()?.Split(',') ?? [];
            List<string[]> rows = [];
            while (reader.ReadLine() is { } line)
            {
                string[] cells = line.Split(',');
                if (cells.Length != header.Length) throw new DataException($"{path} has {cells.Length} columns in row {rows.Count + 2} and {header.Length} in its header; copy it again.");
                rows.Add(cells);
            }

            return new(path, header, rows);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} cannot be read: {problem.Message.TrimEnd('.')}; lay the set out with './aibms data add'.", problem);
        }
    }

    /// <summary>Whether there is a column of that name.</summary>
    public bool Has(string name) => _columns.ContainsKey(name);

    /// <summary>Where a column is.</summary>
    /// <exception cref="DataException">There is none of that name.</exception>
    public int Column(string name) => _columns.TryGetValue(name, out int k) ? k : throw new DataException($"{Path} has no column '{name}'; it is not the published table.");

    /// <summary>A number; NaN where the table has none ("", "nan", "inf").</summary>
    /// <exception cref="DataException">Something else stands there.</exception>
    public double Number(int row, int column)
    {
        string text = Rows[row][column];
        if (text.Length == 0 || text.Equals("nan", StringComparison.OrdinalIgnoreCase) || text.EndsWith("inf", StringComparison.OrdinalIgnoreCase)) return double.NaN;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) return value;
        throw new DataException($"{Path} has '{text}' for a number in row {row + 2}; copy it again.");
    }
}
