using System.Globalization;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Health;

/// <summary>LFP cells under fast charging: features of the discharge curve at cycles 2, 10, 50 and 100, with the cycle life.</summary>
/// <remarks>
/// All features come from Q(V) of cycles up to 100. The published table's slope and greatest capacity are left alone: some of their capacities are glitches of 30 to 48 Ah.
/// Source: Severson et al., "Data-driven prediction of battery cycle life before capacity degradation", Nature Energy 4 (2019), doi 10.1038/s41560-019-0356-8.
/// </remarks>
public static class SeversonSet
{
    const string Folder = "severson", Train = "train";

    /// <summary>The cell whose life of 148 cycles dominates the squared errors of the primary test.</summary>
    public const string Outlier = "test1 22";

    /// <summary>41 cells to learn from and 43 of the primary test. Target: cycles until 80 % of 1.1 Ah.</summary>
    public static FeatureSet Read(string data)
    {
        var table = FeatureCsv.Read(Path.Combine(data, Folder, "features.csv.gz"));
        int split = table.Column("split"), cell = table.Column("cell"), life = table.Column("cycle_life");
        List<FeatureCell> cells = [];
        List<string> files = [$"{Folder}/features.csv.gz"];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            string name = table.Rows[row][split], file = $"{Folder}/qv/{name}_cell{int.Parse(table.Rows[row][cell], CultureInfo.InvariantCulture):00}_qv.csv.gz";
            files.Add(file);
            cells.Add(new($"{name} {table.Rows[row][cell]}", name, [Features(FeatureCsv.Read(Path.Combine(data, file)))], [table.Number(row, life)]));
        }

        return new()
        {
            Id = "severson",
            Title = "Severson et al. 2019: LFP cells of 1.1 Ah under fast charging",
            Source = "Severson et al., Nature Energy 2019, CC BY 4.0",
            Target = "cycle life / cycles",
            FeatureNames = FeatureNames,
            Cells = cells,
            DataHash = DataHash.Of(data, files),
        };
    }

    /// <summary>The published split.</summary>
    public static CellSplit Primary(FeatureSet set) => new("primary", set, set.Cells.Where(cell => cell.Group == Train), set.Cells.Where(cell => cell.Group != Train));

    /// <summary>Names of the features.</summary>
    internal static IReadOnlyList<string> FeatureNames { get; } =
    [
        .. from pair in (string[])["100-10", "100-50", "50-10", "10-2"]
           from figure in (string[])["log variance of ΔQ", "log greatest fall of ΔQ", "log mean |ΔQ|", "mean ΔQ / Ah", "skewness of ΔQ", "kurtosis of ΔQ", "ΔQ at the end / Ah", "voltage of the greatest fall / V"]
           select $"{pair}: {figure}",
        "capacity at 2 / Ah", "capacity at 100 / Ah", "capacity 100 less 2 / Ah",
    ];

    /// <summary>Features of a table of four curves.</summary>
    internal static double[] Features(FeatureCsv table) => Features(Column(table, "v"), Column(table, "q_c2"), Column(table, "q_c10"), Column(table, "q_c50"), Column(table, "q_c100"));

    /// <summary>Features of charge over voltage at cycles 2, 10, 50 and 100.</summary>
    internal static double[] Features(double[] v, double[] q2, double[] q10, double[] q50, double[] q100)
    {
        return [.. Figures(v, q100, q10), .. Figures(v, q100, q50), .. Figures(v, q50, q10), .. Figures(v, q10, q2), q2.Max(), q100.Max(), q100.Max() - q2.Max()];
    }

    static double[] Column(FeatureCsv table, string name)
    {
        int column = table.Column(name);
        return [.. table.Rows.Select((_, row) => table.Number(row, column))];
    }

    static double[] Figures(double[] voltageV, double[] lateAh, double[] earlyAh)
    {
        double[] change = [.. lateAh.Zip(earlyAh, (late, early) => late - early)];
        double mean = change.Average(), variance = change.Average(d => (d - mean) * (d - mean)), deviation = Math.Sqrt(variance), least = change.Min();
        return
        [
            Math.Log10(variance), Math.Log10(Math.Abs(least)), Math.Log10(change.Average(Math.Abs)), mean,
            change.Average(d => Math.Pow((d - mean) / deviation, 3)), change.Average(d => Math.Pow((d - mean) / deviation, 4)), change[^1], voltageV[Array.IndexOf(change, least)],
        ];
    }
}
