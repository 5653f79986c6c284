using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>Panasonic NCR18650PF, 2.9 Ah NCA, one cell that aged during the tests (Kollmeyer, doi 10.17632/wykht8y7tg.1).</summary>
/// <remarks>
/// Split: Cycle_1–4 and NN at fixed ambients train, UDDS chooses, LA92 and the rising-chamber runs (Trise) test.
/// The capacity of each run is interpolated by date between measured tests, see <see cref="PanasonicCapacity"/>.
/// </remarks>
public static class Panasonic18650Pf
{
    /// <summary>Name that <c>--set</c> takes.</summary>
    public const string Id = "panasonic";

    const string Folder = "panasonic-18650pf/drive_1hz";

    /// <summary>The set with its published split.</summary>
    /// <exception cref="DataException">The set is not below <paramref name="root"/>, or a name cannot be read.</exception>
    public static Dataset Describe(string root)
    {
        var capacity = PanasonicCapacity.Measure(root);
        return new()
        {
            Id = Id,
            CellId = "panasonic_18650pf",
            Title = "Panasonic NCR18650PF, 2.9 Ah NCA, one cell",
            Source = "Kollmeyer, Mendeley Data, doi 10.17632/wykht8y7tg.1, CC BY 4.0",
            LabelNote = "SOC is 1 + cycler's counter / capacity; every run starts full. The cell aged, so the capacity is interpolated by date: "
                + capacity.Describe() + " It is taken to be uncertain by 5 %; the last columns show the score with the label's capacity 5 % smaller and larger.",
            CapacityIsUncertain = true,
            Files = [.. Dataset.List(root, Folder).Select(path => Read(path, capacity))],
            Label = (file, recording) =>
            {
                // Some runs begin with rest rows a minute apart: not part of the drive.
                var drive = RecordingRows.From(recording, RecordingRows.FirstRowWithStepWithin(recording, longestStepS: 3));
                return new()
                {
                    Recording = drive,
                    Soc = SocLabel.FromCounter(drive, file.ReferenceAh),
                    ReferenceAh = file.ReferenceAh,
                    ReferenceFraction = file.ReferenceFraction,
                };
            },
        };
    }

    // <ambient>degC__Drive_cycles__MM-dd-yy_HH.mm_<ambient>degC_<cycle>_Pan18650PF.csv.gz
    static DatasetFile Read(string path, PanasonicCapacity capacity)
    {
        string name = Path.GetFileName(path);
        bool rising = name.Contains("Trise", StringComparison.Ordinal);
        int degree = name.IndexOf("degC", StringComparison.Ordinal), end = name.IndexOf("_Pan18650PF", StringComparison.Ordinal);
        if (degree < 0 || end < 0 || !double.TryParse(name[..degree], CultureInfo.InvariantCulture, out double ambientDegC))
            throw new DataException($"'{path}' does not name its ambient and cycle; expected such as 25degC__Drive_cycles__03-21-17_09.38_25degC_LA92_Pan18650PF.csv.gz.");
        string tail = name[..end].Split("degC_")[^1];
        string cycle = tail.StartsWith("trise_", StringComparison.Ordinal) ? tail["trise_".Length..] : tail;
        return new()
        {
            RelativePath = path,
            Cycle = cycle,
            AmbientDegC = ambientDegC,
            Group = rising ? "Trise" : ambientDegC.ToString(CultureInfo.InvariantCulture),
            ReferenceAh = Math.Round(capacity.At(PanasonicCapacity.DateOf(name)), 4),
            ReferenceFraction = 0.05,
            Part = rising || cycle == "LA92" ? SplitPart.Test : cycle == "UDDS" ? SplitPart.Choose : SplitPart.Train,
        };
    }
}
