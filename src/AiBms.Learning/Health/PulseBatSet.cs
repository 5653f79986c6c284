using System.Globalization;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Health;

/// <summary>Second-life batteries: voltages during pulses of rising current at a state of charge, with the battery's health. The measured capacity is no feature.</summary>
public static class PulseBatSet
{
    const string Folder = "pulsebat";
    const int Pulses = 21;

    /// <summary>One set for each of four kinds of cell. Target: SOH.</summary>
    public static IReadOnlyList<FeatureSet> Read(string data)
    {
        string root = Path.Combine(data, Folder);
        if (!Directory.Exists(root)) throw new DataException($"{root} is missing; lay the set out with './aibms data add {Folder} ARCHIVE'.");
        return [.. Directory.EnumerateFiles(root, "*.csv*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).Select(file => ReadKind(data, file))];
    }

    static FeatureSet ReadKind(string data, string file)
    {
        var table = FeatureCsv.Read(Path.Combine(data, Folder, file));
        int id = table.Column("ID"), soh = table.Column("SOH"), soc = table.Column("SOC");
        int[] volts = [.. Enumerable.Range(1, Pulses).Select(k => table.Column(string.Create(CultureInfo.InvariantCulture, $"U{k}")))];
        string kind = file.Split("_W_")[0];
        return new()
        {
            Id = $"pulsebat-{kind}",
            Title = $"PulseBat {kind.Replace('_', ' ').Replace('p', '.')}: pulses on second-life batteries",
            Source = "PulseBat, MIT licence",
            Target = "SOH",
            FeatureNames = ["rest voltage / V", .. Enumerable.Range(2, Pulses - 1).Select(k => $"pulse {k} less rest / V"), "state of charge / %"],
            Cells = [.. Enumerable.Range(0, table.Rows.Count).GroupBy(row => table.Rows[row][id], StringComparer.Ordinal).Select(rows => new FeatureCell(rows.Key, kind,
                [.. rows.Select(row => (double[])[table.Number(row, volts[0]), .. volts.Skip(1).Select(column => table.Number(row, column) - table.Number(row, volts[0])), table.Number(row, soc)])],
                [.. rows.Select(row => table.Number(row, soh))]))],
            DataHash = DataHash.Of(data, [$"{Folder}/{file}"]),
        };
    }
}
