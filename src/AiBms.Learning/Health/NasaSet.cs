using System.Globalization;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Health;

/// <summary>NASA's ageing cells: windows of each charge, with the capacity of the discharge that follows it. Duration of the discharge is no feature: it is the target.</summary>
public static class NasaSet
{
    const string Folder = "nasa-pcoe";

    /// <summary>Rated capacity of every cell, Ah.</summary>
    public const double RatedAh = 2;

    /// <summary>Ten cells at 24 and 43 °C. Target: capacity over rated capacity.</summary>
    public static FeatureSet Read(string data)
    {
        var tests = FeatureCsv.Read(Path.Combine(data, Folder, "tests.csv"));
        int battery = tests.Column("battery"), test = tests.Column("test_id"), type = tests.Column("type"), ambient = tests.Column("ambient_c"), capacity = tests.Column("capacity_ah");
        List<FeatureCell> cells = [];
        List<string> files = [$"{Folder}/tests.csv"];
        foreach (var rows in Enumerable.Range(0, tests.Rows.Count).GroupBy(row => tests.Rows[row][battery], StringComparer.Ordinal))
        {
            string file = $"{Folder}/{rows.Key}_charge_ds.csv.gz";
            files.Add(file);
            var charges = Charges(FeatureCsv.Read(Path.Combine(data, file)));
            List<double[]> features = [];
            List<double> targets = [];
            double[]? latest = null;
            foreach (int row in rows)
            {
                if (tests.Rows[row][type] == "charge") latest = charges.GetValueOrDefault(tests.Rows[row][test], latest ?? []);
                double capacityAh = tests.Rows[row][type] == "discharge" ? tests.Number(row, capacity) : double.NaN;
                if (!(capacityAh > 0) || latest is not { Length: > 0 }) continue;
                features.Add(latest);
                targets.Add(capacityAh / RatedAh);
            }

            cells.Add(new(rows.Key, string.Create(CultureInfo.InvariantCulture, $"{tests.Number(rows.First(), ambient):0} °C"), features, [.. targets]));
        }

        return new()
        {
            Id = "nasa",
            Title = "NASA PCoE: ten 18650 cells of 2 Ah",
            Source = "Saha and Goebel, NASA Prognostics Center of Excellence, public",
            Target = "capacity / rated",
            FeatureNames = ChargeWindows.Names,
            Cells = cells,
            DataHash = DataHash.Of(data, files),
        };
    }

    static Dictionary<string, double[]> Charges(FeatureCsv table)
    {
        int test = table.Column("test_id"), time = table.Column("time_s"), volt = table.Column("voltage_v"), amp = table.Column("current_a"), warm = table.Column("temperature_c");
        return Enumerable.Range(0, table.Rows.Count).GroupBy(row => table.Rows[row][test], StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => ChargeWindows.Of(
            [.. rows.Select(row => table.Number(row, time))], [.. rows.Select(row => table.Number(row, amp))],
            [.. rows.Select(row => table.Number(row, volt))], [.. rows.Select(row => table.Number(row, warm))], RatedAh), StringComparer.Ordinal);
    }
}
