using System.Globalization;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Health;

/// <summary>Second-life batteries: voltages during pulses of rising current at a state of charge, with the battery's health. The measured capacity is no feature.</summary>
public static class PulseBatSet
{
    const string Folder = "pulsebat";
    const int Pulses = 21;

    /// <summary>Names of the four sets.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["pulsebat-LMO_10Ah", "pulsebat-LFP_35Ah", "pulsebat-NMC_21Ah", "pulsebat-NMC_2p1Ah"];

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
        string kind = file.Split("_W_")[0];
        return new()
        {
            Id = $"pulsebat-{kind}",
            Title = $"PulseBat {kind.Replace('_', ' ').Replace('p', '.')}: pulses on second-life batteries",
            Source = "PulseBat, MIT licence",
            Target = "SOH",
            FeatureNames = FeatureNames,
            Cells = Cells(table, kind),
            DataHash = DataHash.Of(data, [$"{Folder}/{file}"]),
        };
    }

    /// <summary>The batteries of a table, with the health of each.</summary>
    /// <exception cref="DataException">A row has none.</exception>
    internal static IReadOnlyList<FeatureCell> Cells(FeatureCsv table, string group)
    {
        int id = table.Column("ID");
        var (_, _, features, soh) = Table(table);
        if (soh.Any(value => !(value > 0))) throw new DataException($"{table.Path} has a row without a state of health (column SOH).");
        return [.. Enumerable.Range(0, table.Rows.Count).GroupBy(row => table.Rows[row][id], StringComparer.Ordinal)
            .Select(rows => new FeatureCell(rows.Key, group, [.. rows.Select(row => features[row])], [.. rows.Select(row => soh[row])]))];
    }

    /// <summary>Names of the features of every table.</summary>
    internal static IReadOnlyList<string> FeatureNames { get; } = ["rest voltage / V", .. Enumerable.Range(2, Pulses - 1).Select(k => $"pulse {k} less rest / V"), "state of charge / %"];

    /// <summary>Rows of a table: its kind as files of the set are called, what each row is of, features, and SOH where the table says it.</summary>
    internal static (string Kind, IReadOnlyList<string> Labels, IReadOnlyList<double[]> RowFeatures, double[] Soh) Table(FeatureCsv table)
    {
        int id = table.Column("ID"), soc = table.Column("SOC"), material = table.Column("Mat"), rated = table.Column("Qn"), soh = table.Has("SOH") ? table.Column("SOH") : -1;
        int[] volts = [.. Enumerable.Range(1, Pulses).Select(k => table.Column(string.Create(CultureInfo.InvariantCulture, $"U{k}")))];
        string kind = table.Rows.Count == 0 ? "" : $"{table.Rows[0][material]}_{table.Rows[0][rated].Replace('.', 'p')}Ah";
        return (kind, [.. table.Rows.Select(row => $"{row[id]} at {row[soc]}")],
            [.. table.Rows.Select((_, row) => (double[])[table.Number(row, volts[0]), .. volts.Skip(1).Select(column => table.Number(row, column) - table.Number(row, volts[0])), table.Number(row, soc)])],
            [.. table.Rows.Select((_, row) => soh < 0 ? double.NaN : table.Number(row, soh))]);
    }
}
