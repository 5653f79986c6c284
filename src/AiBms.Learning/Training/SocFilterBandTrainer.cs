using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>The filter as it is with a band calibrated on the choosing recordings: nothing else is learnt.</summary>
public sealed class SocFilterBandTrainer : SocTrainer
{
    /// <inheritdoc/>
    public override string Method => "ekf-band";

    /// <inheritdoc/>
    public override string Title => "the filter with a calibrated band";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(SocModels.Frame(this, request, data), data);
    }
}
