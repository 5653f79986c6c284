using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>LG 18650HG2, 3 Ah NMC, one cell, drive cycles at six ambients (Kollmeyer et al., doi 10.17632/cp3473x7xv.3).</summary>
/// <remarks>
/// Every run starts full after a rest and stops on an ampere-hour count. Split: Mixed1–7 train, Mixed8 chooses, all other
/// cycles (UDDS, LA92 …) test. The files 562_* are left out: their chamber stood at 23 °C and they were aborted.
/// </remarks>
public static class LgHg2
{
    /// <summary>Name of the set and of its cell.</summary>
    public const string Id = "lg_hg2";

    /// <summary>C/20 capacity at 25 °C, Ah: what SOC is a fraction of.</summary>
    public const double ReferenceAh = 2.778;

    const string Folder = "lg-18650hg2/1hz";

    /// <summary>The set with split "model A": all ambients train.</summary>
    /// <exception cref="DataException">The set is not below <paramref name="root"/>.</exception>
    public static Dataset Describe(string root) => new()
    {
        Id = Id,
        CellId = Id,
        Title = "LG 18650HG2, 3 Ah NMC, one cell",
        Source = "Kollmeyer, Vidal, Naguib, Skells, Mendeley Data, doi 10.17632/cp3473x7xv.3, CC BY 4.0",
        LabelNote = $"SOC is 1 + cycler's counter / {ReferenceAh.ToString(CultureInfo.InvariantCulture)} Ah (C/20 at 25 °C); every run starts full. "
            + "1C capacity fell by 1.2 % during the campaign and C/20 reads 3.3 % less at 40 °C, so the label is uncertain by 1.2 % (25 °C) or 3.3 % (elsewhere) of the discharged part.",
        Files = [.. Dataset.List(root, Folder).Where(path => !Path.GetFileName(path).StartsWith("562_", StringComparison.Ordinal)).Select(Read)],
        Label = (file, recording) => new()
        {
            Recording = recording,
            Soc = SocLabel.FromCounter(recording, file.ReferenceAh),
            ReferenceAh = file.ReferenceAh,
            ReferenceFraction = file.ReferenceFraction,
        },
    };

    /// <summary>The set with split "model B": one ambient is unseen by training and choosing, and is what is tested.</summary>
    /// <exception cref="DataException">No recording was made at that ambient.</exception>
    public static Dataset DescribeUnseen(string root, double ambientDegC)
    {
        var all = Describe(root);
        if (!all.Files.Any(file => file.AmbientDegC == ambientDegC))
            throw new DataException($"{all.Title} has no recording at {ambientDegC} °C; choose one of {string.Join(", ", all.Files.Select(file => file.AmbientDegC).Distinct().Order())}.");
        return all with
        {
            Files = [.. all.Files.Select(file => file with
            {
                Part = file.AmbientDegC == ambientDegC
                    ? file.Part == SplitPart.Test ? SplitPart.Test : SplitPart.Unused
                    : file.Part == SplitPart.Test ? SplitPart.Unused : file.Part,
            })],
        };
    }

    static DatasetFile Read(string path)
    {
        string[] parts = path.Split('/');
        string cycle = parts[^1].Split('_')[1].Split('.')[0];
        double ambientDegC = Ambient(parts[^2]);
        return new()
        {
            RelativePath = path,
            Cycle = cycle,
            AmbientDegC = ambientDegC,
            Group = ambientDegC.ToString(CultureInfo.InvariantCulture),
            ReferenceAh = ReferenceAh,
            ReferenceFraction = ambientDegC == 25 ? 0.012 : 0.033,
            Part = cycle == "Mixed8" ? SplitPart.Choose : cycle.StartsWith("Mixed", StringComparison.Ordinal) ? SplitPart.Train : SplitPart.Test,
        };
    }

    // The publisher writes minus as n: n10degC.
    static double Ambient(string folder) =>
        double.TryParse(folder.Replace('n', '-').Replace("degC", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out double ambientDegC)
            ? ambientDegC
            : throw new DataException($"'{folder}' in {Folder} names no ambient; expected folders such as 25degC or n10degC.");
}
