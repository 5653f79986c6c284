using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>The filter as it is with a band calibrated on the choosing recordings: nothing else is learnt.</summary>
public sealed class SocFilterBandTrainer : ITrainer
{
    /// <inheritdoc/>
    public string Model => "soc";

    /// <inheritdoc/>
    public string Method => "ekf-band";

    /// <inheritdoc/>
    public string Title => "the filter with a calibrated band";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ModelFile Train(TrainingRequest request, ITrainingWatch watch)
    {
        var data = SocTrainingData.Open(request);
        return SocModels.Calibrated(SocModels.Frame(this, request, data), data);
    }
}
