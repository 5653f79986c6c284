using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Temperature;

/// <summary>Recordings as rows of what is known now, with how far the case temperature moves until later. A "cell" here is a whole recording.</summary>
public static class TemperatureSet
{
    /// <summary>Rows before this are left out, s: the filter has not settled.</summary>
    public const double SettleS = 300;

    /// <summary>Time between rows, s: neighbours say the same.</summary>
    public const double EveryS = 20;

    /// <summary>Rows of one recording for every horizon, load known and unknown, in one walk.</summary>
    /// <param name="recording">One series.</param>
    /// <param name="cell">Its cell, with circuit and thermal numbers.</param>
    /// <param name="id">Name of the recording.</param>
    /// <param name="group">What tables group it by.</param>
    /// <param name="coolantSignals">What is looked at of a coolant, of <see cref="CoolantFeatures.Signals"/>; null for nothing.</param>
    public static IReadOnlyDictionary<TemperatureTask, FeatureCell> Rows(Recording recording, CellType cell, string id, string group, IReadOnlyList<string>? coolantSignals = null)
    {
        double stepS = UsualStepS(recording);
        CoolantFeatures coolant = new(coolantSignals ?? []);
        double[][] coolantColumns = RecordingRows.Coolant(recording, coolant.Measured);
        double[] coolantNow = new double[coolantColumns.Length];
        TemperatureFeatures features = new(cell, coolant);
        var rows = TemperatureTask.All.ToDictionary(task => task, _ => (Rows: new List<double[]>(), Targets: new List<double>()));
        int width = features.Count, most = (int)(TemperatureFeatures.HorizonS[^1] / stepS);
        double nextS = SettleS;
        double[]? ambientDegC = RecordingRows.Ambient(recording);
        for (int i = 0; i < recording.RowCount; i++)
        {
            for (int k = 0; k < coolantNow.Length; k++) coolantNow[k] = coolantColumns[k][i];
            features.Step(RecordingRows.Sample(recording, i), ambientDegC?[i] ?? double.NaN, coolantNow);
            if (recording.TimeS[i] < nextS || !double.IsFinite(recording.TemperatureDegC[i])) continue;
            nextS = recording.TimeS[i] + EveryS;
            double[][] told = [.. TemperatureFeatures.HorizonS.Select(_ => new double[width])];
            features.Fill(recording.CurrentA.AsSpan(i + 1, Math.Min(most, recording.RowCount - i - 1)), stepS, told);
            for (int h = 0; h < told.Length; h++)
            {
                int horizonS = TemperatureFeatures.HorizonS[h], j = i + (int)Math.Round(horizonS / stepS);
                // A gap on the way is no forecast.
                if (j == i || j >= recording.RowCount || Math.Abs(recording.TimeS[j] - recording.TimeS[i] - horizonS) > 2 || !double.IsFinite(recording.TemperatureDegC[j])) continue;
                double change = recording.TemperatureDegC[j] - recording.TemperatureDegC[i];
                double[] goesOn = new double[width];
                features.Fill(horizonS, goesOn);
                Add(new(horizonS, true), told[h], change);
                Add(new(horizonS, false), goesOn, change);
            }
        }

        return rows.ToDictionary(pair => pair.Key, pair => new FeatureCell(id, group, pair.Value.Rows, [.. pair.Value.Targets]));

        void Add(TemperatureTask task, double[] row, double change)
        {
            rows[task].Rows.Add(row);
            rows[task].Targets.Add(change);
        }
    }

    /// <summary>Rows that were made with every signal of a coolant, with the features of some of them alone.</summary>
    public static IReadOnlyDictionary<TemperatureTask, FeatureCell> Looking(IReadOnlyDictionary<TemperatureTask, FeatureCell> rows, IReadOnlyList<string> coolantSignals)
    {
        IReadOnlyList<string> all = new CoolantFeatures(CoolantFeatures.Signals).Names, kept = new CoolantFeatures(coolantSignals).Names;
        int[] columns = [.. Enumerable.Range(0, TemperatureFeatures.Names.Count), .. Enumerable.Range(0, all.Count).Where(k => kept.Contains(all[k], StringComparer.Ordinal)).Select(k => TemperatureFeatures.Names.Count + k)];
        return rows.ToDictionary(pair => pair.Key, pair => pair.Value with { RowFeatures = [.. pair.Value.RowFeatures.Select(row => columns.Select(column => row[column]).ToArray())] });
    }

    /// <summary>A described set of recordings as feature sets, one for each task; recordings that share rows across parts are refused.</summary>
    /// <param name="dataset">The set.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="data">Folder of measured data.</param>
    /// <param name="noiseK">Noise of the case sensor, K.</param>
    public static IReadOnlyDictionary<TemperatureTask, FeatureSet> Of(Dataset dataset, CellType cell, string data, out double noiseK)
    {
        var files = dataset.Files.Where(file => file.Part != SplitPart.Unused).ToArray();
        List<double> noises = [];
        List<IReadOnlyDictionary<TemperatureTask, FeatureCell>> rows = [];
        // One recording in memory at a time: a set may be larger than memory.
        foreach (var file in files)
        {
            var recording = dataset.Load(data, file).Recording;
            noises.Add(NoiseK(recording));
            rows.Add(Rows(recording, cell, file.RelativePath, file.Group));
        }

        noiseK = Median(noises);
        return Sets(dataset.Id, dataset.Title, dataset.Source, DataHash.Of(data, [.. files.Select(file => file.RelativePath)]), rows);
    }

    /// <summary>Feature sets of recordings, one for each task, their rows made with the same signals of a coolant.</summary>
    public static IReadOnlyDictionary<TemperatureTask, FeatureSet> Sets(
        string id, string title, string source, string dataHash, IReadOnlyList<IReadOnlyDictionary<TemperatureTask, FeatureCell>> recordings, IReadOnlyList<string>? coolantSignals = null) =>
        TemperatureTask.All.ToDictionary(task => task, task => new FeatureSet
        {
            Id = id,
            Title = title,
            Source = source,
            Target = string.Create(CultureInfo.InvariantCulture, $"change of the case over {task.HorizonS} s / K"),
            FeatureNames = [.. TemperatureFeatures.Names, .. new CoolantFeatures(coolantSignals ?? []).Names],
            Cells = [.. recordings.Select(rows => rows[task]).Where(cell => cell.TargetValues.Length > 0)],
            DataHash = dataHash,
        });

    /// <summary>Noise of a case sensor, one standard deviation, K: root mean square of second differences of neighbouring samples over √6, median over recordings.</summary>
    public static double NoiseK(IEnumerable<Recording> recordings) => Median(recordings.Select(NoiseK));

    // Not known of a short recording.
    static double NoiseK(Recording recording)
    {
        double[] t = recording.TemperatureDegC;
        return recording.RowCount <= 100 ? double.NaN
            : Math.Sqrt(Enumerable.Range(0, t.Length - 2).Select(k => t[k] - 2 * t[k + 1] + t[k + 2]).Where(double.IsFinite).Select(d => d * d).DefaultIfEmpty(double.NaN).Average() / 6);
    }

    static double Median(IEnumerable<double> noisesK)
    {
        double[] each = [.. noisesK.Where(double.IsFinite).Order()];
        return each.Length == 0 ? double.NaN : each[each.Length / 2];
    }

    // One second for what was recorded faster; the recording's own step otherwise.
    static double UsualStepS(Recording recording)
    {
        double[] steps = [.. recording.TimeS.Zip(recording.TimeS.Skip(1), (a, b) => b - a).Where(double.IsFinite).Order()];
        return steps.Length == 0 ? 1 : Math.Max(1, Math.Round(steps[steps.Length / 2]));
    }
}
