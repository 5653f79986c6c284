using System.Globalization;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Health;

/// <summary>NASA's ageing cells: windows of each charge, how it began and the discharge before it, with the capacity of the discharge that follows it. How long a discharge takes is no feature: it is the target.</summary>
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
            string dischargeFile = $"{Folder}/{rows.Key}_discharge.csv.gz";
            files.AddRange([file, dischargeFile]);
            var charges = Charges(FeatureCsv.Read(Path.Combine(data, file)));
            List<double[]> features = [];
            List<double> targets = [];
            var discharges = Discharges(FeatureCsv.Read(Path.Combine(data, dischargeFile)));
            double[]? latest = null;
            double[] before = LastDischarge.UnknownFeatures;
            foreach (int row in rows)
            {
                string name = tests.Rows[row][test];
                // What is known when the charge ends: the discharge before it, never the one that follows.
                if (tests.Rows[row][type] == "charge" && charges.TryGetValue(name, out double[]? charge)) latest = [.. charge, .. before];
                double capacityAh = tests.Rows[row][type] == "discharge" ? tests.Number(row, capacity) : double.NaN;
                if (capacityAh > 0 && latest is not null)
                {
                    features.Add(latest);
                    targets.Add(capacityAh / RatedAh);
                }

                if (tests.Rows[row][type] == "discharge") before = discharges.GetValueOrDefault(name, before);
            }

            cells.Add(new(rows.Key, string.Create(CultureInfo.InvariantCulture, $"{tests.Number(rows.First(), ambient):0} °C"), features, [.. targets]));
        }

        return new()
        {
            Id = "nasa",
            Title = "NASA PCoE: ten 18650 cells of 2 Ah",
            Source = "Saha and Goebel, NASA Prognostics Center of Excellence, public",
            Target = "capacity / rated",
            FeatureNames = ChargeRow.Names,
            Cells = cells,
            DataHash = DataHash.Of(data, files),
        };
    }

    static Dictionary<string, double[]> Charges(FeatureCsv table) => ByTest(table, (time, amp, volt, warm) => [.. ChargeWindows.Of(time, amp, volt, warm, RatedAh), .. ChargeStart.Of(time, amp, volt, RatedAh)]);

    static Dictionary<string, double[]> Discharges(FeatureCsv table) => ByTest(table, (time, amp, volt, _) => LastDischarge.Of(time, amp, volt, RatedAh));

    static Dictionary<string, double[]> ByTest(FeatureCsv table, Func<double[], double[], double[], double[], double[]> features)
    {
        int test = table.Column("test_id"), time = table.Column("time_s"), volt = table.Column("voltage_v"), amp = table.Column("current_a"), warm = table.Column("temperature_c");
        double[] Numbers(IEnumerable<int> rows, int column) => [.. rows.Select(row => table.Number(row, column))];
        return Enumerable.Range(0, table.Rows.Count).GroupBy(row => table.Rows[row][test], StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => features(Numbers(rows, time), Numbers(rows, amp), Numbers(rows, volt), Numbers(rows, warm)), StringComparer.Ordinal);
    }
}
