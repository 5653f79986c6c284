using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>A method that learns SOC. It is handed the recordings of its split and is told no way to any other; what it was handed is what the model says it learnt from.</summary>
public abstract class SocTrainer : ITrainer
{
    /// <inheritdoc/>
    public string Model => "soc";

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public virtual bool HasSteps => false;

    /// <inheritdoc/>
    public abstract IReadOnlyDictionary<string, string> Defaults { get; }

    /// <inheritdoc/>
    public ModelFile Train(TrainingRequest request, ITrainingWatch watch)
    {
        var data = SocTrainingData.Open(request);
        bool isOwn = File.Exists(request.DataPath) || request.Set == SocTrainingData.Own;
        var blind = request with { DataPath = "", Set = isOwn ? data.CellIds[0] + "_own" : request.Set };
        return Learn(blind, data, watch) with { Training = SocModels.TrainingOf(request, data) with { RowSamples = data.RowSamples() } };
    }

    /// <summary>Makes the model, its band calibrated.</summary>
    /// <param name="request">What was asked, without where the data are.</param>
    /// <param name="data">What may be trained and chosen on.</param>
    /// <param name="watch">Told what is going on.</param>
    /// <exception cref="AiBms.Telemetry.DataException">The data cannot be used.</exception>
    protected abstract ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch);
}
