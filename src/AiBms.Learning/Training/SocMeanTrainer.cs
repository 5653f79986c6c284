using AiBms.Battery.Estimation.Networks;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Always the mean SOC of what it was trained on: the row that says how much any learning is worth.</summary>
public sealed class SocMeanTrainer : SocTrainer
{
    /// <inheritdoc/>
    public override string Method => "mean";

    /// <inheritdoc/>
    public override string Title => "mean of the training set, whatever is measured";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["rows"] = "20000" };

    /// <inheritdoc/>
    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(Fit(request, data), data, SocModels.Folds, fold => Fit(request, fold), watch);
    }

    ModelFile Fit(TrainingRequest request, SocTrainingData data)
    {
        int rows = request.Count("rows", 100, 10_000_000);
        string[] names = ["voltage"];
        var table = SocTable.Draw(data.Split.Train.Select(unit => unit.Item), names, rows, SeededStream.For((ulong)request.Seed, "rows"), perturbs: false);
        double mean = table.Soc.Average(), deviation = Math.Sqrt(table.Soc.Average(soc => (soc - mean) * (soc - mean)));
        var outputs = SocModels.Outputs;
        return SocModels.Frame(this, request, data) with
        {
            Inputs = table.Scaling(names),
            Outputs = outputs,
            Layers =
            [
                new()
                {
                    Kind = "dense",
                    Inputs = 1,
                    Outputs = 2,
                    Weights = [0, 0],
                    Bias = [(float)((mean - outputs[0].Mean) / outputs[0].Scale), (float)((Math.Log(deviation) - outputs[1].Mean) / outputs[1].Scale)],
                },
            ],
        };
    }
}
