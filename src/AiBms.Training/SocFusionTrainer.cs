using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;

namespace AiBms.Training;

/// <summary>Trains the network that corrects the filter and the one that needs no filter, and lets both answer by their variances.</summary>
sealed class SocFusionTrainer : SocTrainer
{
    static readonly SocNetworkTrainer s_correcting = NetworkTrainers.Correcting, s_direct = NetworkTrainers.Direct;

    public override string Method => "fusion";

    public override string Title => "network on the filter and network without it, weighed by their variances";

    public override bool HasSteps => true;

    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(s_direct.Defaults, StringComparer.Ordinal) { ["correcting-steps"] = s_correcting.Defaults["steps"] };

    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(Fit(request, data, watch), data, SocNetworkTrainer.Folds(request), fold => Fit(SocNetworkTrainer.OfFold(request, fold), fold, watch), watch);
    }

    ModelFile Fit(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        watch.Say("First the network that corrects the filter.");
        var correcting = s_correcting.Fit(Part(request, "correcting", request.Options["correcting-steps"]), data, watch);
        watch.Say("Now the network that needs no filter.");
        var direct = s_direct.Fit(Part(request, "direct", request.Options["steps"]), data, watch);
        return FusedNetwork.Of(SocModels.Frame(this, request, data), correcting, direct);
    }

    static TrainingRequest Part(TrainingRequest request, string name, string steps) =>
        SocNetworkTrainer.Part(request, name) with { Options = new Dictionary<string, string>(request.Options, StringComparer.Ordinal) { ["steps"] = steps } };
}
