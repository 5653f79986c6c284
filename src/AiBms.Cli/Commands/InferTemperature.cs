using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Datasets;
using AiBms.Learning.Temperature;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>infer --model temp</c>: a recording in; the case temperature 10 to 600 s ahead with its interval out, with the load to come unknown and as the recording has it.</summary>
static class InferTemperature
{
    sealed class Track(TemperatureTask task, FeatureModel model, int rows)
    {
        public TemperatureTask Task => task;

        public FeatureModel Model => model;

        public double[] Value { get; } = Nothing(rows);

        public double[] Low { get; } = Nothing(rows);

        public double[] High { get; } = Nothing(rows);

        public string[] Validity { get; } = [.. Enumerable.Repeat("unknown", rows)];

        public int Outside { get; set; }

        public void Take(int row, double nowDegC, double[] features)
        {
            if (!double.IsFinite(features[0])) return;
            var change = model.Estimate(features);
            (Value[row], Low[row], High[row]) = (Math.Round(nowDegC + change.Value, 3), Math.Round(nowDegC + change.Low, 3), Math.Round(nowDegC + change.High, 3));
            Validity[row] = change.IsInRange ? "valid" : "out_of_range";
            if (!change.IsInRange) Outside++;
        }

        static double[] Nothing(int rows) => [.. Enumerable.Repeat(double.NaN, rows)];
    }

    public static int Run(InferRequest request, Talk talk)
    {
        if (request.OutPath is not null && !RecordingWriter.Knows(request.OutPath)) throw new UsageException($"--out {request.OutPath}: the name must end in .csv, .csv.gz or .parquet.");
        var cell = new CellCatalogue(Home.Cells).Find(request.Cell ?? InferInput.UntoldCell);
        if (request.Cell is null) talk.Say($"No --cell was told: {cell.Id} is taken, and the result is only as good as that.");
        if (cell.Thermal is null) throw new DataException($"{cell.Id} has no thermal numbers: 'aibms identify' finds them from recordings with a case temperature.");
        var input = InferInput.Of(RecordingDoor.Open(request.Path, request.Door), cell, request.Door.CellCount, request.CapacityAh);
        var recording = input.Recording;
        if (!recording.TemperatureDegC.Any(double.IsFinite)) throw new DataException($"{recording.Name} has no case temperature: there is nothing to forecast.");
        Track[] tracks = [.. TemperatureTask.All.Select(task => new Track(task, new(request.Models.Find("temp", task.ToString(), cell.Id)), recording.RowCount))];
        if (tracks.FirstOrDefault(track => !track.Model.File.Inputs.Select(one => one.Name).SequenceEqual(tracks[0].Model.File.Inputs.Select(one => one.Name), StringComparer.Ordinal)) is { } other)
            throw new ModelException($"{other.Model.File.Id} takes other inputs than {tracks[0].Model.File.Id}: make all eight forecasts of {cell.Id} from the same recordings.");
        Walk(input, tracks, talk);
        if (request.OutPath is { } path)
            RecordingWriter.Write(recording, path, [.. tracks.SelectMany(track => (AddedColumn[])[new($"temperature_{Name(track.Task)}_degree_celsius", track.Value), new($"temperature_{Name(track.Task)}_low_degree_celsius", track.Low), new($"temperature_{Name(track.Task)}_high_degree_celsius", track.High), new($"temperature_{Name(track.Task)}_validity", track.Validity)])]);
        Print(request, recording, cell, tracks, talk);
        return ExitCode.Ok;
    }

    static void Walk(InferInput input, Track[] tracks, Talk talk)
    {
        var (recording, cell) = (input.Recording, input.Cell);
        double capacityAh = input.CapacityAh;
        var coolant = CoolantFeatures.Of(tracks[0].Model.File);
        double[][] coolantColumns = RecordingRows.Coolant(recording, coolant.Measured);
        double[] coolantNow = new double[coolantColumns.Length];
        // The load of a pack as one cell sees it.
        double[] currentA = [.. recording.CurrentA.Select(a => a * cell.CapacityAh / capacityAh)];
        double[] steps = [.. recording.TimeS.Zip(recording.TimeS.Skip(1), (a, b) => b - a).Where(double.IsFinite).Order()];
        double stepS = Math.Max(1, steps.Length == 0 ? 1 : Math.Round(steps[steps.Length / 2]));
        int most = (int)(TemperatureFeatures.HorizonS[^1] / stepS);
        TemperatureFeatures features = new(cell, coolant);
        double[]? ambientDegC = RecordingRows.Ambient(recording);
        double[][] told = [.. TemperatureFeatures.HorizonS.Select(_ => new double[features.Count])];
        double[] goesOn = new double[features.Count];
        using var progress = talk.Progress("forecasting", recording.RowCount);
        for (int i = 0; i < recording.RowCount; i++)
        {
            var sample = RecordingRows.Sample(recording, i);
            for (int k = 0; k < coolantNow.Length; k++) coolantNow[k] = coolantColumns[k][i];
            features.Step(sample with { CurrentA = sample.CurrentA * cell.CapacityAh / capacityAh, VoltageV = sample.VoltageV / input.SeriesCount }, ambientDegC?[i] ?? double.NaN, coolantNow);
            if (i % 1024 == 0) progress.Report(i);
            if (!double.IsFinite(features.MeasuredDegC) || features.SinceStartS < TemperatureSet.SettleS) continue;
            features.Fill(currentA.AsSpan(i + 1, Math.Min(most, recording.RowCount - i - 1)), stepS, told);
            foreach (var track in tracks)
            {
                if (!track.Task.IsLoadKnown) features.Fill(track.Task.HorizonS, goesOn);
                track.Take(i, features.MeasuredDegC, track.Task.IsLoadKnown ? told[Place(track.Task.HorizonS)] : goesOn);
            }
        }
    }

    static void Print(InferRequest request, Recording recording, CellType cell, Track[] tracks, Talk talk)
    {
        var scores = tracks.Select(track => (Track: track, Score: Score(recording, track), Last: Array.FindLastIndex(track.Value, double.IsFinite))).ToArray();
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["recording"] = recording.Name,
                ["rows"] = recording.RowCount,
                ["cell"] = cell.Id,
                ["forecasts"] = new JsonArray([.. scores.Select(entry => (JsonNode)new JsonObject
                {
                    ["horizonS"] = entry.Track.Task.HorizonS,
                    ["loadKnown"] = entry.Track.Task.IsLoadKnown,
                    ["model"] = entry.Track.Model.File.Id,
                    ["lastDegC"] = Number(entry.Last < 0 ? double.NaN : entry.Track.Value[entry.Last]),
                    ["lastLowDegC"] = Number(entry.Last < 0 ? double.NaN : entry.Track.Low[entry.Last]),
                    ["lastHighDegC"] = Number(entry.Last < 0 ? double.NaN : entry.Track.High[entry.Last]),
                    ["outOfRangeRows"] = entry.Track.Outside,
                    ["rmseK"] = Number(entry.Score.RmseK),
                    ["persistenceRmseK"] = Number(entry.Score.StillK),
                    ["coverage"] = Number(entry.Score.Coverage),
                })]),
                ["out"] = request.OutPath,
            });
            return;
        }

        string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        talk.Data.WriteLine(I($"{recording.Name}: {recording.RowCount} rows, {cell.Id}; forecasts from {TemperatureSet.SettleS:0} s on"));
        foreach (var (track, score, last) in scores)
            talk.Data.WriteLine(last < 0 ? I($"  {track.Task,-13} unknown: the recording is too short")
                : I($"  {track.Task,-13} last {track.Value[last]:0.0} °C, 90 % sure between {track.Low[last]:0.0} and {track.High[last]:0.0} ({track.Validity[last]}); {(double.IsNaN(score.RmseK) ? "the recording ends too soon to compare" : I($"against the recording RMSE {score.RmseK:0.00} K, persistence {score.StillK:0.00} K, inside {100 * score.Coverage:0} %"))}"));
        if (tracks.Any(track => track.Outside > 0)) talk.Data.WriteLine($"  out of range: {tracks.First(track => track.Outside > 0).Model.File.Validity}");
        if (request.OutPath is not null) talk.Data.WriteLine($"  written {request.OutPath}");
    }

    static (double RmseK, double StillK, double Coverage) Score(Recording recording, Track track)
    {
        double square = 0, still = 0;
        int rows = 0, inside = 0, j = 0;
        for (int i = 0; i < recording.RowCount; i++)
        {
            while (j < recording.RowCount && recording.TimeS[j] < recording.TimeS[i] + track.Task.HorizonS - 0.5) j++;
            if (j >= recording.RowCount) break;
            if (!double.IsFinite(track.Value[i]) || !double.IsFinite(recording.TemperatureDegC[j]) || recording.TimeS[j] - recording.TimeS[i] > track.Task.HorizonS + 2) continue;
            double truth = recording.TemperatureDegC[j], error = track.Value[i] - truth, change = truth - recording.TemperatureDegC[i];
            (square, still, rows) = (square + error * error, still + change * change, rows + 1);
            if (track.Low[i] <= truth && truth <= track.High[i]) inside++;
        }

        return rows == 0 ? (double.NaN, double.NaN, double.NaN) : (Math.Sqrt(square / rows), Math.Sqrt(still / rows), (double)inside / rows);
    }

    static int Place(int horizonS)
    {
        int k = 0;
        while (TemperatureFeatures.HorizonS[k] != horizonS) k++;
        return k;
    }

    static string Name(TemperatureTask task) => $"{task.HorizonS}s_{(task.IsLoadKnown ? "known" : "unknown")}";

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 4)) : null;
}
