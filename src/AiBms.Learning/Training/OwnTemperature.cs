using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Training;

/// <summary>A user's own drives to learn the case temperature ahead from: a folder, divided by whole recording.</summary>
static class OwnTemperature
{
    /// <summary>Rows and split of every task, with the signals of a coolant that every recording has; every fifth recording by name, of fewer the last, makes the interval.</summary>
    /// <exception cref="DataException">The cell has no thermal numbers, or too few recordings can be learnt from; the message says which and why.</exception>
    public static IReadOnlyDictionary<TemperatureTask, (FeatureSet Set, CellSplit Split, string CellId)> Of(string path, CellType cell, int seriesCount = 1)
    {
        if (cell.Thermal is null) throw new DataException($"{cell.Id} has no thermal numbers: 'aibms identify' finds them from recordings with a case temperature.");
        var names = OwnRecordings.Names(path);
        if (names.Count < 2) throw new DataException($"'{path}' holds one recording: forecasts are learnt from some and their interval from others, so at least two are needed.");
        string[] coolant = [.. CoolantFeatures.Signals];
        List<IReadOnlyDictionary<TemperatureTask, FeatureCell>> train = [], choose = [];
        for (int k = 0; k < names.Count; k++)
        {
            var recording = OwnRecordings.OfOneCell(Path.Combine(path, names[k]), cell, seriesCount).OneSeries();
            if (!recording.TemperatureDegC.Any(double.IsFinite)) throw new DataException($"{names[k]} has no case temperature: there is nothing to learn from.");
            coolant = [.. coolant.Where(signal => RecordingRows.Coolant(recording, [signal])[0].Any(double.IsFinite))];
            var rows = TemperatureSet.Rows(recording, cell, names[k], string.Create(CultureInfo.InvariantCulture, $"{OwnRecordings.AmbientDegC(recording)} °C"), CoolantFeatures.Signals);
            if (rows.Values.Any(task => task.TargetValues.Length == 0))
                throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{names[k]} is too short: {TemperatureSet.SettleS + TemperatureTask.All.Max(task => task.HorizonS):0} s without a gap are needed, {TemperatureSet.SettleS:0} s until the filter has settled and the longest forecast."));
            (OwnRecordings.Chooses(k, names.Count) ? choose : train).Add(rows);
        }

        // A signal that only some recordings have would be an input that is not known in the others.
        (train, choose) = ([.. train.Select(rows => TemperatureSet.Looking(rows, coolant))], [.. choose.Select(rows => TemperatureSet.Looking(rows, coolant))]);
        var sets = TemperatureSet.Sets(SocTrainingData.Own, "recordings of a user", "the user's own", DataHash.Of(path, names), [.. train, .. choose], coolant);
        // Learnt with the load told, whatever is asked: see TemperatureFeatures.
        return TemperatureTask.All.ToDictionary(task => task, task => (sets[task],
            CellSplit.Untested("own", sets[task], train.Select(rows => rows[task with { IsLoadKnown = true }]), choose.Select(rows => rows[task])), cell.Id));
    }
}
