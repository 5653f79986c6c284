using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>K2 26650 LFP, pulse tests at 20 to 50 °C from full to the discharge limit.</summary>
/// <remarks>
/// The protocol is known: from full, 10 % steps (5 % near empty) at about 1.4C with rests of 90 min and pulses of ±6 A, down to the
/// voltage limit. SOC is counted from 1; the charge taken out in all is the capacity, so that SOC ends at 0.
/// </remarks>
public static class K2Lfp
{
    /// <summary>Name of the set and of its cell.</summary>
    public const string Id = "k2_lfp";

    const string Folder = "k2-26650-lfp";

    /// <summary>The set: the test at 30 °C is scored, the others are what a cell may be identified on.</summary>
    /// <exception cref="DataException">The set is not below <paramref name="root"/>.</exception>
    public static Dataset Describe(string root) => new()
    {
        Id = Id,
        CellId = Id,
        Title = "K2 26650 LFP, one cell, pulse test",
        Source = "K2 26650 LFP HPPC recordings, CC BY-SA 4.0",
        LabelNote = "SOC is counted from 1 at the start of the pulse test to 0 at its end (the voltage limit); its current sensor is also what the estimator sees, "
            + "so the label and the input share their errors. The capacity differs by 0.2 % between the four tests; 1 % is taken for what counting over 20 h may add.",
        Files = [.. Dataset.List(root, Folder).Where(path => Path.GetFileName(path).StartsWith("HPPC_", StringComparison.Ordinal)).Select(Read)],
        Label = (file, recording) =>
        {
            double[] countedAh = SocLabel.CountedAh(recording);
            double capacityAh = -countedAh[^1];
            if (!(capacityAh > 0)) throw new DataException($"{recording.Name} takes out no charge, so it is not the pulse test from full to empty that its label needs.");
            return new()
            {
                Recording = recording,
                Soc = [.. countedAh.Select(ah => 1 + ah / capacityAh)],
                ReferenceAh = capacityAh,
                ReferenceFraction = file.ReferenceFraction,
            };
        },
    };

    static DatasetFile Read(string path)
    {
        string name = Path.GetFileName(path);
        if (!double.TryParse(name["HPPC_".Length..].Split('C')[0], CultureInfo.InvariantCulture, out double ambientDegC))
            throw new DataException($"'{path}' names no ambient; expected such as HPPC_20C.csv.gz.");
        return new()
        {
            RelativePath = path,
            Cycle = "HPPC",
            AmbientDegC = ambientDegC,
            Group = ambientDegC.ToString(CultureInfo.InvariantCulture),
            ReferenceAh = double.NaN,
            ReferenceFraction = 0.01,
            Part = ambientDegC == 30 ? SplitPart.Test : SplitPart.Train,
        };
    }
}
