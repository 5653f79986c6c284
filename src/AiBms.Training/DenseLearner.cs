using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>A dense network on rows of features, trained for a fixed number of passes: no part of the data decides when to stop.</summary>
sealed class DenseLearner(string name, Func<string, bool> uses, NetworkDesign design) : ILearner
{
    public string Name => name;

    public string Settings => AbsentLibrary.SettingsOf(name, design);

    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count).Where(k => uses(rows.FeatureNames[k]))];
        int count = rows.RowFeatures.Count, width = columns.Length;
        Scaler scaler = new(rows.RowFeatures, columns);
        double middle = rows.TargetValues.Average(), deviation = Math.Max(1e-12, Math.Sqrt(rows.TargetValues.Average(value => (value - middle) * (value - middle))));
        float[] inputs = new float[count * width], targets = [.. rows.TargetValues.Select(value => (float)((value - middle) / deviation))];
        double[] scaled = new double[width];
        for (int row = 0; row < count; row++)
        {
            scaler.Scale(rows.RowFeatures[row], scaled);
            for (int k = 0; k < width; k++) inputs[row * width + k] = (float)scaled[k];
        }

        TorchLibrary.Load();
        random.manual_seed((long)seed);
        using TrainableNetwork network = new(NetworkShape.Dense, width, design.UnitCount, 1);
        using var optimiser = optim.AdamW(network.parameters(), design.RateFactor, weight_decay: design.DecayFactor);
        using var x = tensor(inputs, device: TorchLibrary.Device).reshape(count, width);
        using var y = tensor(targets, device: TorchLibrary.Device).reshape(count, 1);
        var order = SeededStream.For(seed, "order");
        long[] places = [.. Enumerable.Range(0, count).Select(k => (long)k)];
        int steps = Math.Max(1, design.PassCount * count / design.BatchRows), step = 0;
        for (int pass = 0; step < steps; pass++)
        {
            for (int k = count - 1; k > 0; k--)
            {
                int other = order.NextBelow(k + 1);
                (places[k], places[other]) = (places[other], places[k]);
            }

            for (int from = 0; from < count && step < steps; from += design.BatchRows, step++)
            {
                // Cosine from the full rate to nothing.
                foreach (var group in optimiser.ParamGroups) group.LearningRate = design.RateFactor * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                using var scope = NewDisposeScope();
                var batch = tensor(places[from..Math.Min(count, from + design.BatchRows)], device: TorchLibrary.Device);
                optimiser.zero_grad();
                var loss = (network.forward(x.index_select(0, batch)) - y.index_select(0, batch)).square().mean();
                loss.backward();
                optimiser.step();
            }
        }

        return scaler.Into(new() { Kind = "network", Layers = network.Layers(), Intercept = middle, OutputScale = deviation });
    }
}
