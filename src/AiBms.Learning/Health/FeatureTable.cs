using System.Globalization;

namespace AiBms.Learning.Health;

/// <summary>A file of features in a published form, as rows for a model that ships: figures of charges, pulses, or discharge curves.</summary>
/// <param name="ModelId">Model that its rows are for.</param>
/// <param name="Labels">What each row is of.</param>
/// <param name="RowFeatures">Rows.</param>
/// <param name="TruthValues">What the file itself says each estimate should be, in the model's unit; NaN where it does not.</param>
public sealed record FeatureTable(string ModelId, IReadOnlyList<string> Labels, IReadOnlyList<double[]> RowFeatures, double[] TruthValues)
{
    /// <summary>Reads a file.</summary>
    /// <returns>Null where its header is of none of the forms: it may be a recording.</returns>
    /// <exception cref="AiBms.Telemetry.DataException">It is of one of the forms, and damaged.</exception>
    public static FeatureTable? Read(string path)
    {
        string[] header = FeatureCsv.Header(path);
        bool Has(params string[] names) => names.All(name => header.Contains(name, StringComparer.Ordinal));
        if (Has("CC Q", "CV Q", "current entropy")) return OfCharges(path);
        if (Has("Mat", "Qn", "SOC", "U1", "U21")) return OfPulses(path);
        return Has("v", "q_c2", "q_c10", "q_c50", "q_c100") ? OfCurves(path) : null;
    }

    static FeatureTable OfCharges(string path)
    {
        var (rows, capacityAh) = ChargeFeatureSet.Table(FeatureCsv.Read(path));
        return new("soh_charges_xjtu", [.. rows.Select((_, k) => $"charge {(k + 1).ToString(CultureInfo.InvariantCulture)}")], rows, capacityAh);
    }

    static FeatureTable OfPulses(string path)
    {
        var (kind, labels, rows, soh) = PulseBatSet.Table(FeatureCsv.Read(path));
        return new($"soh_pulses_pulsebat-{kind}", labels, rows, soh);
    }

    static FeatureTable OfCurves(string path) => new("rul_curves_severson", [Path.GetFileName(path)], [SeversonSet.Features(FeatureCsv.Read(path))], [double.NaN]);
}
