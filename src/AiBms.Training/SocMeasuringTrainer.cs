using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;

namespace AiBms.Training;

/// <summary>A network's SOC with its learned variance as a measurement in the filter. How long one error lasts is chosen on the choosing recordings.</summary>
sealed class SocMeasuringTrainer : SocTrainer
{
    static readonly SocNetworkTrainer s_direct = NetworkTrainers.Direct;

    /// <summary>Times that are tried, s.</summary>
    static readonly double[] s_lastsS = [60, 300, 1200, 3600, 14400];

    public override string Method => "gru-measures";

    public override string Title => "network's SOC as a measurement in the filter";

    public override bool HasSteps => true;

    public override IReadOnlyDictionary<string, string> Defaults => s_direct.Defaults;

    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        var frame = SocModels.Frame(this, request, data);
        var file = Chosen(s_direct.Fit(request, data, watch), frame, data, watch);
        return SocModels.Calibrated(file, data, SocNetworkTrainer.Folds(request), fold => Measuring(frame, s_direct.Fit(SocNetworkTrainer.OfFold(request, fold), fold, watch), file.Settings[SocNetworkEstimator.FusionSetting]), watch);
    }

    static ModelFile Chosen(ModelFile direct, ModelFile frame, SocTrainingData data, ITrainingWatch watch)
    {
        (ModelFile File, double Rmse) best = (direct, double.PositiveInfinity);
        foreach (double lastsS in s_lastsS)
        {
            var file = Measuring(frame, direct, lastsS);
            double rmse = SocModels.Score(file, data, cuts: 4, (cell, model) => new SocNetworkEstimator(cell, model)).RmseSoc;
            watch.Say(string.Create(CultureInfo.InvariantCulture, $"one error lasts {lastsS} s: {100 * rmse:0.000} points on what is chosen on"));
            if (rmse < best.Rmse) best = (file, rmse);
        }

        return best.File;
    }

    static ModelFile Measuring(ModelFile frame, ModelFile direct, double lastsS) =>
        frame with { Inputs = direct.Inputs, Outputs = direct.Outputs, Layers = direct.Layers, Settings = new Dictionary<string, double>(StringComparer.Ordinal) { [SocNetworkEstimator.FusionSetting] = lastsS } };
}
