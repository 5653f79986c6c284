using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>What every SOC model file has in common, and how one is scored while it is made.</summary>
public static class SocModels
{
    // As many as the protocol takes: where the cuts fall changes a recording's error severalfold.
    const int BandCuts = 20, MetricCuts = 8;

    /// <summary>Parts that recordings are divided into for the band, where a method has no setting for it.</summary>
    public const int Folds = 2;

    /// <summary>Outputs of a model that gives SOC itself.</summary>
    public static ModelInput[] Outputs { get; } =
    [
        new() { Name = "soc", Unit = "1", Mean = 0.5, Scale = 0.25 },
        new() { Name = "log-deviation", Unit = "1", Mean = Math.Round(Math.Log(0.02), 4), Scale = 1 },
    ];

    /// <summary>Outputs of a model that gives what is to be added to the filter's SOC.</summary>
    public static ModelInput[] CorrectionOutputs { get; } = [new() { Name = "soc-correction", Unit = "1", Mean = 0, Scale = 0.02 }, Outputs[1] with { Mean = Math.Round(Math.Log(0.01), 4) }];

    /// <summary>The file's head; weights, metrics and the rest are filled in by the trainer.</summary>
    public static ModelFile Frame(ITrainer trainer, TrainingRequest request, SocTrainingData data) => new()
    {
        Format = ModelFile.CurrentFormat,
        Id = IdOf(trainer, request),
        Model = "soc",
        Method = trainer.Method,
        Title = $"State of charge: {trainer.Title}",
        Cells = data.CellIds,
        Training = TrainingOf(request, data),
        Validity = "The cells named, 1 sample a second, ambients and currents as trained on; beyond the ranges of the inputs (by a tenth) the filter's estimate is given instead and says out_of_range. One cell of each type: nothing is known of the spread between cells.",
        Data = data.Sources,
    };

    /// <summary>RMSE of a model on the choosing recordings by the cut protocol, 0…1 of SOC: mean over ambients, each weighing the same.</summary>
    public static (double RmseSoc, IReadOnlyList<(string Cell, double AmbientDegC, ScoreSummary Score)> ByAmbient) Score(
        ModelFile file, SocTrainingData data, int cuts, Func<CellType, ModelFile, ISocEstimator> make) => Score(file, data.Split.Choose.Select(unit => unit.Item), cuts, make);

    /// <summary>The same on recordings that are named.</summary>
    public static (double RmseSoc, IReadOnlyList<(string Cell, double AmbientDegC, ScoreSummary Score)> ByAmbient) Score(
        ModelFile file, IEnumerable<SocTrainingItem> items, int cuts, Func<CellType, ModelFile, ISocEstimator> make)
    {
        var options = ChoosingCuts(cuts);
        List<(string Cell, double AmbientDegC, ScoreSummary Score)> byAmbient = [];
        foreach (var group in items.GroupBy(item => (item.Cell.Id, item.File.AmbientDegC)))
        {
            List<CutScore> runs = [];
            foreach (var item in group)
            {
                var labelled = item.Labelled;
                var places = CutPlaces.Find(labelled, options, seed: 77);
                runs.AddRange(CutRuns.Over(labelled, places.Count > 0 ? places : [new(0, CutKind.FileStart)], make(item.Cell, file), SocStart.Unknown, Perturbation.None, options, 77, item.File.RelativePath));
            }

            byAmbient.Add((group.Key.Id, group.Key.AmbientDegC, ScoreSummary.Of(runs)));
        }

        double[] finite = [.. byAmbient.Select(entry => entry.Score.RmseSoc).Where(double.IsFinite)];
        return (finite.Length > 0 ? Math.Sqrt(finite.Average(rmse => rmse * rmse)) : double.NaN, byAmbient);
    }

    /// <summary>How choosing recordings are cut.</summary>
    public static CutOptions ChoosingCuts(int cuts) => new() { DriveCuts = cuts, RestCuts = 0, LowestSoc = 0.15, RemainingS = 900 };

    /// <summary>The file with its band calibrated on whole choosing recordings, and its figures on them filled in.</summary>
    public static ModelFile Calibrated(ModelFile file, SocTrainingData data)
    {
        file = BandCalibration.Of(file, data.Split, BandCuts);
        return file with { Metrics = Metrics(Score(file, data, MetricCuts, (cell, model) => new SocNetworkEstimator(cell, model)).ByAmbient) };
    }

    /// <summary>The same with the band from models that never saw the recordings it is measured on: each part of all recordings by a model of the others.</summary>
    /// <param name="file">The model.</param>
    /// <param name="data">What it was made from.</param>
    /// <param name="folds">Parts; below two the choosing recordings alone are taken.</param>
    /// <param name="refit">Makes the model from what is left.</param>
    /// <param name="watch">Told what is going on.</param>
    public static ModelFile Calibrated(ModelFile file, SocTrainingData data, int folds, Func<SocTrainingData, ModelFile> refit, ITrainingWatch watch)
    {
        if (folds < 2 || data.Split.Train.Count < 2 * folds) return Calibrated(file, data);
        List<(ModelFile, SocTrainingItem)> heldOut = [];
        for (int fold = 0; fold < folds; fold++)
        {
            var part = data.WithoutFold(fold, folds);
            watch.Say($"For the band: part {fold + 1} of {folds}, {part.HeldOut.Count} recordings held out of a training with the {part.Split.Train.Count} others.");
            var without = refit(part);
            heldOut.AddRange(part.HeldOut.Select(item => (without, item)));
        }

        file = BandCalibration.OfHeldOut(file, heldOut, data.Split, BandCuts);
        return file with { Metrics = Metrics(Score(file, data, MetricCuts, (cell, model) => new SocNetworkEstimator(cell, model)).ByAmbient) };
    }

    /// <summary>Metrics of a score, one for each ambient, and cell where there are more than one.</summary>
    public static ModelMetric[] Metrics(IReadOnlyList<(string Cell, double AmbientDegC, ScoreSummary Score)> byAmbient)
    {
        string Of((string Cell, double AmbientDegC, ScoreSummary Score) entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.AmbientDegC} °C") + (byAmbient.Any(other => other.Cell != entry.Cell) ? $" of {entry.Cell}" : "");
        return
        [
            .. byAmbient.Select(entry => new ModelMetric("choose", $"RMSE at {Of(entry)}, points", Math.Round(100 * entry.Score.RmseSoc, 3))),
            .. byAmbient.Select(entry => new ModelMetric("choose", $"coverage of the 90 % band at {Of(entry)}, %", Math.Round(100 * entry.Score.CoverageFraction, 1))),
        ];
    }

    /// <summary>Name of the model that a request makes.</summary>
    public static string IdOf(ITrainer trainer, TrainingRequest request) =>
        $"soc_{trainer.Method}_{request.Set}" + (request.WithoutAmbientDegC is { } ambientDegC ? string.Create(CultureInfo.InvariantCulture, $"_without_{ambientDegC}") : "");

    /// <summary>How a request's model comes about.</summary>
    internal static ModelTraining TrainingOf(TrainingRequest request, SocTrainingData data) => new()
    {
        Command = request.Command,
        Seed = request.Seed,
        CodeVersion = request.CodeVersion,
        DataHash = data.DataHash,
        Split = data.Split.Description,
        Train = [.. data.Split.Train.Select(unit => unit.Unit)],
        Choose = [.. data.Split.Choose.Select(unit => unit.Unit)],
        Options = request.Options,
    };
}
