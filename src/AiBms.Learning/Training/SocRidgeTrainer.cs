using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Learners;
using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>SOC as a weighted sum of what was measured: the rung that every other learner has to beat.</summary>
public sealed class SocRidgeTrainer : SocTrainer
{
    /// <inheritdoc/>
    public override string Method => "ridge";

    /// <inheritdoc/>
    public override string Title => "ridge regression on running means";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["rows"] = "100000", ["penalty"] = "0.0001" };

    /// <inheritdoc/>
    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(Fit(request, data), data, SocModels.Folds, fold => Fit(request, fold), watch);
    }

    ModelFile Fit(TrainingRequest request, SocTrainingData data)
    {
        int rows = request.Count("rows", 100, 10_000_000);
        double penalty = request.Number("penalty", 0, 1e6);
        var names = SocFeatures.Measured;
        var table = SocTable.Draw(data.Split.Train.Select(unit => unit.Item), names, rows, SeededStream.For((ulong)request.Seed, "rows"), perturbs: true);
        var inputs = table.Scaling(names);
        double[][] scaled = [.. table.Inputs.Select(row => row.Select((value, k) => (value - inputs[k].Mean) / inputs[k].Scale).ToArray())];
        var outputs = SocModels.Outputs;
        double[] targets = [.. table.Soc.Select(soc => (soc - outputs[0].Mean) / outputs[0].Scale)];
        double[] weights = Ridge.Fit(scaled, targets, Enumerable.Repeat(penalty, names.Count).ToArray());
        double square = 0;
        for (int row = 0; row < rows; row++)
        {
            double error = weights[^1] - targets[row];
            for (int k = 0; k < names.Count; k++) error += weights[k] * scaled[row][k];
            square += error * error;
        }

        double deviation = outputs[0].Scale * Math.Sqrt(square / rows);
        return SocModels.Frame(this, request, data) with
        {
            Inputs = inputs,
            Outputs = outputs,
            Layers =
            [
                new()
                {
                    Kind = "dense",
                    Inputs = names.Count,
                    Outputs = 2,
                    Weights = [.. weights[..^1].Select(weight => (float)weight), .. new float[names.Count]],
                    Bias = [(float)weights[^1], (float)((Math.Log(deviation) - outputs[1].Mean) / outputs[1].Scale)],
                },
            ],
        };
    }
}
