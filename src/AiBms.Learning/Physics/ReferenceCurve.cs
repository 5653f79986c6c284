using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AiBms.Telemetry;

namespace AiBms.Learning.Physics;

/// <summary>A curve of another solver: columns of a CSV with the settings that made it. Its current is positive on discharge.</summary>
sealed class ReferenceCurve
{
    readonly Dictionary<string, double[]> _columns;

    ReferenceCurve(string name, JsonElement meta, Dictionary<string, double[]> columns) => (Name, Meta, _columns) = (name, meta, columns);

    /// <summary>File name without its endings.</summary>
    public string Name { get; }

    /// <summary>Settings.</summary>
    public JsonElement Meta { get; }

    /// <summary>A column by its full name.</summary>
    public double[] this[string column] => _columns.TryGetValue(column, out double[]? values)
        ? values
        : throw new DataException($"{Name} has no column '{column}'.");

    /// <summary>Time, s.</summary>
    public double[] TimeS => this["Time [s]"];

    /// <summary>Terminal voltage, V.</summary>
    public double[] VoltageV => this["Voltage [V]"];

    /// <summary>Reads NAME.csv.gz and NAME.meta.json.gz.</summary>
    public static ReferenceCurve Read(string folder, string name)
    {
        using var meta = Open(Path.Combine(folder, name + ".meta.json"));
        using var text = new StreamReader(Open(Path.Combine(folder, name + ".csv")));
        string[] header = (text.ReadLine() ?? throw new DataException($"{name} is empty.")).Split(',');
        List<double>[] columns = [.. header.Select(_ => new List<double>())];
        while (text.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',');
            for (int i = 0; i < header.Length; i++) columns[i].Add(cells[i].Length == 0 ? double.NaN : double.Parse(cells[i], CultureInfo.InvariantCulture));
        }

        return new(name, JsonDocument.Parse(meta).RootElement, header.Zip(columns).ToDictionary(p => p.First, p => p.Second.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Opens a file as it is or with .gz behind its name.</summary>
    public static Stream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path)
        : File.Exists(path + ".gz") ? new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress)
        : throw new DataException($"{path} is missing: is this the folder of reference curves?");
}
