using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Training;

/// <summary>A user's own recordings to learn SOC from: a folder, divided by whole recording, or one recording, whose last fifth stops training.</summary>
public static class OwnRecordings
{
    /// <summary>Rows with label, current and voltage that a recording needs, 25 minutes at one a second.</summary>
    const int FewestRows = 1500;

    /// <summary>Of so many recordings one is chosen on.</summary>
    const int ChooseOneIn = 5;

    /// <summary>Ambients are told in steps of this, K: a room is not a chamber.</summary>
    const double AmbientStepK = 5;

    /// <summary>Where nothing was measured, °C.</summary>
    const double UntoldDegC = 25;

    static readonly string[] s_endings = [".csv", ".csv.gz", ".parquet"];

    /// <summary>Names of the recordings below a folder, or of the one file, in ordinal order with forward slashes.</summary>
    /// <exception cref="DataException">The folder holds none.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        if (File.Exists(path)) return [Path.GetFileName(path)];
        string[] found = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => s_endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new DataException($"'{path}' holds no recording: names end in {string.Join(", ", s_endings)}.");
    }

    /// <summary>Whether a recording is one to choose on: every fifth by name, of fewer the last one.</summary>
    /// <param name="k">Its place in the order of names, from 0.</param>
    /// <param name="count">Recordings.</param>
    public static bool Chooses(int k, int count) => count < ChooseOneIn ? k == count - 1 : k % ChooseOneIn == ChooseOneIn - 1;

    /// <summary>Opens, labels and divides.</summary>
    /// <param name="path">Folder, or one recording.</param>
    /// <param name="cell">Cell that they are of.</param>
    /// <param name="seriesCount">Cells in series behind the voltage column.</param>
    /// <returns>What trains and what is chosen on, and the split in words.</returns>
    /// <exception cref="DataException">A recording cannot be learnt from; the message says which and why.</exception>
    public static (IReadOnlyList<SocTrainingItem> Items, string Description) Open(string path, CellType cell, int seriesCount = 1)
    {
        var names = Names(path);
        if (names.Count == 1) return Divided(File.Exists(path) ? path : Path.Combine(path, names[0]), cell, seriesCount);
        var shelf = RecordingShelf.OfThisMachine();
        List<SocTrainingItem> items = [];
        for (int k = 0; k < names.Count; k++)
        {
            string name = names[k], file = Path.Combine(path, name);
            LabelledRecording Labelled() => shelf.Take(name, () => Label(file, cell, seriesCount));
            items.Add(new(Described(name, Labelled(), Chooses(k, names.Count) ? SplitPart.Choose : SplitPart.Train), Labelled, cell));
        }

        int chosen = items.Count(item => item.File.Part == SplitPart.Choose);
        return (items, string.Create(CultureInfo.InvariantCulture, $"{items.Count} recordings of a user: {items.Count - chosen} train, {chosen} (every fifth by name, of fewer the last) stop training, nothing is tested"));
    }

    static (IReadOnlyList<SocTrainingItem> Items, string Description) Divided(string file, CellType cell, int seriesCount)
    {
        var whole = Label(file, cell, seriesCount);
        var recording = whole.Recording;
        int cut = (int)(0.8 * recording.RowCount);
        LabelledRecording Part(Recording part, double[] soc) => new() { Recording = part, Soc = soc, ReferenceAh = whole.ReferenceAh, ReferenceFraction = whole.ReferenceFraction };
        LabelledRecording first = Part(RecordingRows.Before(recording, cut), whole.Soc[..cut]), last = Part(RecordingRows.From(recording, cut), whole.Soc[cut..]);
        return ([
            new(Described($"{recording.Name} (first 80 %)", whole, SplitPart.Train), first, cell),
            new(Described($"{recording.Name} (last 20 %)", whole, SplitPart.Choose), last, cell),
        ], $"{recording.Name}, one recording of a user: its last fifth stops training, nothing is tested");
    }

    /// <summary>A recording as one of its cells sees it.</summary>
    /// <param name="file">Path.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="seriesCount">Cells in series behind the voltage column.</param>
    /// <exception cref="DataException">The voltage is not that of so many of these cells.</exception>
    public static Recording OfOneCell(string file, CellType cell, int seriesCount)
    {
        var recording = RecordingDoor.Open(file, new() { CellCount = seriesCount });
        for (int k = 0; k < recording.RowCount; k++) recording.VoltageV[k] /= seriesCount;
        double[] volts = [.. recording.VoltageV.Where(double.IsFinite).Order()];
        if (volts.Length == 0 || cell.Circuit is not { } circuit) return recording;
        double middleV = volts[volts.Length / 2], lowV = circuit.OcvV[0], highV = circuit.OcvV[^1];
        return middleV >= lowV - 1 && middleV <= highV + 0.5 ? recording : throw new DataException(string.Create(CultureInfo.InvariantCulture,
            $"{recording.Name} shows {middleV * seriesCount:0.##} V, which {seriesCount} × {cell.Id} ({lowV:0.0} to {highV:0.0} V a cell) cannot: give --cells N for the cells in series, or another --cell."));
    }

    static LabelledRecording Label(string file, CellType cell, int seriesCount)
    {
        var recording = OfOneCell(file, cell, seriesCount).OneSeries();
        double[] soc = recording.ReferenceSoc ?? (recording.ChargeAh is not null ? SocLabel.FromCounter(recording, cell.CapacityAh)
            : throw new DataException($"{recording.Name} has neither a SOC column nor a charge counter: there is nothing to learn from."));
        int known = Enumerable.Range(0, recording.RowCount).Count(row => double.IsFinite(soc[row]) && RecordingRows.Sample(recording, row) is var sample && double.IsFinite(sample.CurrentA) && double.IsFinite(sample.VoltageV));
        if (known < FewestRows)
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{recording.Name} has {known} rows with SOC, current and voltage, of {recording.RowCount}; at least {FewestRows} are needed, 25 minutes at one a second."));
        return new() { Recording = recording, Soc = soc, ReferenceAh = cell.CapacityAh, ReferenceFraction = 0.02 };
    }

    static DatasetFile Described(string name, LabelledRecording labelled, SplitPart part) => new()
    {
        RelativePath = name,
        Cycle = labelled.Recording.Name,
        AmbientDegC = AmbientDegC(labelled.Recording),
        Group = SocTrainingData.Own,
        ReferenceAh = labelled.ReferenceAh,
        ReferenceFraction = labelled.ReferenceFraction,
        Part = part,
    };

    /// <summary>Surroundings at the start, °C, in steps of 5: the first that was measured, else the cell's first temperature, else 25.</summary>
    public static double AmbientDegC(Recording recording)
    {
        // A column of zeros is a chamber at 0 °C only where the cell says so too.
        double cellDegC = recording.TemperatureDegC.FirstOrDefault(double.IsFinite, double.NaN);
        double aroundDegC = RecordingRows.Ambient(recording)?.FirstOrDefault(double.IsFinite, double.NaN) ?? double.NaN;
        double startDegC = double.IsFinite(aroundDegC) ? aroundDegC : double.IsFinite(cellDegC) ? cellDegC : UntoldDegC;
        return AmbientStepK * Math.Round(startDegC / AmbientStepK) + 0.0;
    }
}
