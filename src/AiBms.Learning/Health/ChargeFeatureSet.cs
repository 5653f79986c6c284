using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Health;

/// <summary>Published features of the end of every charge (from some 0.2 V below the end voltage to the end of constant voltage) with the capacity of the cycle.</summary>
/// <remarks>Source: Wang et al., "Physics-informed neural network for lithium-ion battery degradation stable modeling and prognosis", Nature Communications 15, 4332 (2024), doi 10.1038/s41467-024-48779-z.</remarks>
public static class ChargeFeatureSet
{
    const string Folder = "charge-features", Source = "Wang et al., Nature Communications 2024 (PINN4SOH), CC BY 4.0 originals";

    static readonly (string Column, string Name)[] s_columns =
    [
        ("voltage mean", "voltage mean / V"), ("voltage std", "voltage deviation / V"), ("voltage kurtosis", "voltage kurtosis"), ("voltage skewness", "voltage skewness"),
        ("CC Q", "CC charge / Ah"), ("CC charge time", "CC time / s"), ("voltage slope", "voltage slope / V per s"), ("voltage entropy", "voltage entropy"),
        ("current mean", "current mean / A"), ("current std", "current deviation / A"), ("current kurtosis", "current kurtosis"), ("current skewness", "current skewness"),
        ("CV Q", "CV charge / Ah"), ("CV charge time", "CV time / s"), ("current slope", "current slope / A per s"), ("current entropy", "current entropy"),
    ];

    // Charges and times, mean voltage and mean current.
    static readonly int[] s_changing = [0, 4, 5, 8, 12, 13];

    /// <summary>Rated capacity of the XJTU cells, Ah.</summary>
    public const double XjtuRatedAh = 2;

    /// <summary>Features as published, one charge at a time: "this: …".</summary>
    public static bool IsOfThisCharge(string name) => name.StartsWith("this: ", StringComparison.Ordinal);

    /// <summary>Features with history.</summary>
    public static bool IsHistory(string name) => !IsOfThisCharge(name);

    /// <summary>Features that change slowly: those whose products are worth learning.</summary>
    public static bool IsSlow(string name) => IsHistory(name) && !name.StartsWith("jitter", StringComparison.Ordinal);

    /// <summary>55 NCM cells of 2 Ah in six batches that were used differently.</summary>
    public static FeatureSet Xjtu(string data) => Read("xjtu", "XJTU: 55 NCM cells of 2 Ah in six batches", data, "XJTU", name => name.Split("_battery")[0]);

    /// <summary>125 LFP cells of 1.1 Ah.</summary>
    public static FeatureSet Mit(string data) => Read("mit", "MIT: 125 LFP cells of 1.1 Ah", data, "MIT", name => name.Split("_battery")[0]);

    /// <summary>The published split of one batch: cells 4 and 8 are tested, the others learnt and chosen from.</summary>
    public static IReadOnlyList<CellSplit> PublishedSplits(FeatureSet xjtu) =>
        [.. xjtu.Cells.Select(cell => cell.Group).Distinct(StringComparer.Ordinal).Select(batch => new CellSplit(batch, xjtu,
            xjtu.Cells.Where(cell => !IsPublishedTest(cell)), xjtu.Cells.Where(cell => cell.Group == batch && IsPublishedTest(cell))))];

    /// <summary>The training side of the published split, all batches together.</summary>
    public static CellSplit PublishedTraining(FeatureSet xjtu) => new("published", xjtu, xjtu.Cells.Where(cell => !IsPublishedTest(cell)), xjtu.Cells.Where(IsPublishedTest));

    static bool IsPublishedTest(FeatureCell cell) => cell.Id.EndsWith("-4", StringComparison.Ordinal) || cell.Id.EndsWith("-8", StringComparison.Ordinal);

    /// <summary>Names of the features of every table.</summary>
    internal static IReadOnlyList<string> FeatureNames { get; } = ChargeHistory.Names([.. s_columns.Select(column => column.Name)], s_changing);

    static FeatureSet Read(string id, string title, string data, string part, Func<string, string> group)
    {
        string root = Path.Combine(data, Folder, part);
        if (!Directory.Exists(root)) throw new DataException($"{root} is missing; lay the set out with './aibms data add {Folder} ARCHIVE'.");
        string[] files = [.. Directory.EnumerateFiles(root, "*.csv*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(data, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        return new()
        {
            Id = id,
            Title = title,
            Source = Source,
            Target = "capacity / Ah",
            FeatureNames = FeatureNames,
            Cells = [.. files.Select(path => Cell(FeatureCsv.Read(Path.Combine(data, path)), Path.GetFileName(path).Split(".csv")[0], group))],
            DataHash = DataHash.Of(data, files),
        };
    }

    /// <summary>Rows with history of one cell's charges, and the capacity of each, Ah; NaN where the table has none.</summary>
    internal static (IReadOnlyList<double[]> RowFeatures, double[] CapacityAh) Table(FeatureCsv table)
    {
        int[] columns = [.. s_columns.Select(column => table.Column(column.Column))];
        double[][] charges = [.. table.Rows.Select((_, row) => (double[])[.. columns.Select(column => table.Number(row, column))])];
        int capacity = table.Has("capacity") ? table.Column("capacity") : -1;
        return (ChargeHistory.Of(charges, s_changing), [.. table.Rows.Select((_, row) => capacity < 0 ? double.NaN : table.Number(row, capacity))]);
    }

    /// <summary>One cell's charges with the capacity of each.</summary>
    /// <exception cref="DataException">A cycle has none.</exception>
    internal static FeatureCell Cell(FeatureCsv table, string id, Func<string, string> group)
    {
        var (rows, capacityAh) = Table(table);
        if (capacityAh.Any(value => !(value > 0))) throw new DataException($"{table.Path} has a cycle without a capacity.");
        return new(id, group(id), rows, capacityAh);
    }
}
