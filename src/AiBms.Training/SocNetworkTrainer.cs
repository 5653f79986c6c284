using System.Diagnostics;
using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Numerics;
using AiBms.Telemetry;
using TorchSharp;
using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>Trains a network for SOC on runs that are cut at random places and followed with all state carried.</summary>
sealed class SocNetworkTrainer(string method, string title, NetworkShape shape, bool corrects, int steps) : SocTrainer
{
    /// <summary>Samples after a cut that do not count: nothing can be known of the state yet.</summary>
    const double UncountedS = 30;

    /// <summary>Steps between two looks at what is chosen on.</summary>
    const int LookEverySteps = 100;

    public override string Method => method;

    public override string Title => title;

    public override bool HasSteps => true;

    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["units"] = "24",
        ["batch"] = "64",
        ["chunk"] = "200",
        ["steps"] = steps.ToString(CultureInfo.InvariantCulture),
        ["rate"] = "0.004",
        // No limit: a training that ends by the clock does not repeat.
        ["minutes"] = "0",
        ["folds"] = "2",
        // A third of all steps without a better look ends a training.
        ["patience"] = (steps / (3 * LookEverySteps)).ToString(CultureInfo.InvariantCulture),
        ["every"] = LookEverySteps.ToString(CultureInfo.InvariantCulture),
    };

    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(Fit(request, data, watch), data, Folds(request), fold => Fit(OfFold(request, fold), fold, watch), watch);
    }

    /// <summary>Into how many parts recordings are divided for the band.</summary>
    public static int Folds(TrainingRequest request) => request.Count("folds", 1, 20);

    /// <summary>The training of a fold: half of the steps, so that a band costs no more than the model; what errs a little more for it makes the band no narrower.</summary>
    public static TrainingRequest OfFold(TrainingRequest request, SocTrainingData fold) => Part(request, $"fold{fold.Fold}") with
    {
        Options = request.Options.ToDictionary(pair => pair.Key, pair => pair.Key.EndsWith("steps", StringComparison.Ordinal) ? Math.Max(1, request.Count(pair.Key, 1, 10_000_000) / 2).ToString(CultureInfo.InvariantCulture) : pair.Value, StringComparer.Ordinal),
    };

    /// <summary>The same training with a checkpoint of its own.</summary>
    public static TrainingRequest Part(TrainingRequest request, string name) => request with { CheckpointPath = request.CheckpointPath is { } path ? $"{path}.{name}" : null };

    /// <summary>The file with the weights that did best on what is chosen on, or with the last ones where there is nothing to choose on; its band is not calibrated yet.</summary>
    public ModelFile Fit(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        if (request.Fitted is not { } shared) return FitAnew(request, data, watch);
        // All that the weights depend on.
        string key = string.Join('|', [method, .. Defaults.Keys.Where(name => name != "folds").Select(name => request.Options[name]), request.Set, $"{request.WithoutAmbientDegC}", $"{request.Seed}", data.DataHash, $"{data.Fold} {data.HeldOut.Count}"]);
        var fitted = shared.Take(key, () => FitAnew(request, data, watch));
        return SocModels.Frame(this, request, data) with { Inputs = fitted.Inputs, Outputs = fitted.Outputs, Layers = fitted.Layers };
    }

    ModelFile FitAnew(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        int units = request.Count("units", 1, 512), batch = request.Count("batch", 1, 4096), chunk = request.Count("chunk", 10, 10_000), most = request.Count("steps", 1, 10_000_000);
        int every = request.Count("every", 1, 1_000_000), patience = request.Count("patience", 1, 1_000_000);
        double rate = request.Number("rate", 1e-7, 1), minutes = request.Number("minutes", 0, 1e5), mostS = minutes > 0 ? 60 * minutes : double.PositiveInfinity;
        TorchLibrary.Load();
        random.manual_seed(request.Seed);
        var items = data.Split.Train.Select(unit => unit.Item).ToArray();
        IReadOnlyList<string> names = corrects ? SocFeatures.Names : SocFeatures.Measured;
        var outputs = corrects ? SocModels.CorrectionOutputs : SocModels.Outputs;
        var inputs = SocTable.Draw(items, names, 20_000, SeededStream.For((ulong)request.Seed, "scaling"), perturbs: true).Scaling(names);
        using TrainableNetwork network = new(shape, names.Count, units, 2);
        using var optimiser = optim.Adam(network.parameters(), rate);
        SocStream[] streams = [.. Enumerable.Range(0, batch).Select(k => new SocStream(items, names, SeededStream.For((ulong)request.Seed, $"stream {k}"), perturbs: true))];
        SocBatch rows = new(streams, inputs, outputs[0], chunk, corrects, UncountedS);
        TrainingCheckpoint checkpoint = new(request.CheckpointPath, TrainingCheckpoint.StateOf(method, request, data));
        var (first, kept, bestScore, since) = checkpoint.Restore(network, optimiser, watch);
        // The recordings are gone through up to there as well: what follows is what would have followed.
        for (int step = 1; step <= first; step++) rows.Fill();
        var frame = SocModels.Frame(this, request, data) with { Inputs = inputs, Outputs = outputs };

        // As many of each ambient as are chosen on: the two curves of a picture are then of one measure.
        SocTrainingItem[] likeChoose = [.. data.Split.Choose.GroupBy(unit => (unit.Item.Cell.Id, unit.Item.File.AmbientDegC))
            .SelectMany(group => items.Where(item => (item.Cell.Id, item.File.AmbientDegC) == group.Key).Take(group.Count()))];
        LayerFile[] best = kept ?? network.Layers();
        double square = 0, counted = 0;
        var clock = Stopwatch.StartNew();
        for (int step = first + 1; step <= most; step++)
        {
            // Cosine from the full rate to a hundredth of it.
            foreach (var group in optimiser.ParamGroups) group.LearningRate = rate * (0.01 + 0.99 * 0.5 * (1 + Math.Cos(Math.PI * step / most)));
            using var scope = NewDisposeScope();
            rows.Fill();
            network.Forget(rows.HasBegun);
            using var x = tensor(rows.Inputs, device: TorchLibrary.Device).reshape(batch, chunk, names.Count);
            using var y = tensor(rows.Targets, device: TorchLibrary.Device).reshape(batch, chunk);
            using var w = tensor(rows.Weights, device: TorchLibrary.Device).reshape(batch, chunk);
            optimiser.zero_grad();
            var (loss, error) = SocLoss.Of(network.forward(x), y, w, outputs[1].Mean - Math.Log(outputs[0].Scale));
            loss.backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            optimiser.step();
            square += (w * error).sum().cpu().item<float>();
            counted += w.sum().cpu().item<float>();
            bool isLate = clock.Elapsed.TotalSeconds > mostS;
            if (step % every != 0 && step != most && !isLate) continue;

            double samplePoints = 100 * outputs[0].Scale * Math.Sqrt(square / Math.Max(1, counted));
            if (!double.IsFinite(samplePoints)) throw new DataException($"Training diverged at step {step}: try a lower rate than {request.Options["rate"]}.");
            var now = frame with { Layers = network.Layers() };
            double Points(IEnumerable<SocTrainingItem> of) => 100 * SocModels.Score(now, of, cuts: 2, (cell, file) => new SocNetworkEstimator(cell, file)).RmseSoc;
            double score = Points(data.Split.Choose.Select(unit => unit.Item)), seen = data.Split.Choose.Count == 0 ? double.NaN : Points(likeChoose);
            double doneS = clock.Elapsed.TotalSeconds;
            watch.Report(new(step, most, samplePoints, seen, score, (double)(step - first) * batch * chunk / doneS, Math.Min(mostS - doneS, doneS / (step - first) * (most - step))));
            (square, counted) = (0, 0);
            since++;
            // Without anything to choose on the last weights are as good as the rate's end makes them.
            if (score < bestScore || double.IsNaN(score)) (bestScore, best, since) = (score, network.Layers(), 0);
            checkpoint.Save(network, optimiser, step, best, bestScore, since);
            if (since >= patience && step < most) watch.Say($"Stopped after step {step} of {most}: {since} looks at what is chosen on were no better.");
            if (since >= patience || isLate) break;
        }

        checkpoint.Delete();
        return frame with { Layers = best };
    }
}
