using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace AiBms.Training;

/// <summary>Gradient-boosted trees for SOC on running means: no memory of their own. A second set of trees learns how large the error is.</summary>
/// <remarks>Source: Friedman, "Greedy function approximation: a gradient boosting machine", Ann. Statist. 29 (2001), doi 10.1214/aos/1013203451.</remarks>
sealed class SocTreesTrainer : SocTrainer
{
    public override string Method => "gbt";

    public override string Title => "gradient-boosted trees on running means";

    public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rows"] = "60000",
        ["trees"] = "120",
        ["leaves"] = "24",
        ["least"] = "60",
        ["rate"] = "0.15",
    };

    protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        return SocModels.Calibrated(Fit(request, data, watch), data, SocModels.Folds, fold => Fit(request, fold, watch), watch);
    }

    ModelFile Fit(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
    {
        int rows = request.Count("rows", 1000, 10_000_000), trees = request.Count("trees", 1, 5000), leaves = request.Count("leaves", 2, 1000), least = request.Count("least", 1, 100_000);
        double rate = request.Number("rate", 1e-4, 1);
        var names = SocFeatures.Measured;
        var items = data.Split.Train.Select(unit => unit.Item).ToArray();
        var outputs = SocModels.Outputs;
        var table = SocTable.Draw(items, names, rows, SeededStream.For((ulong)request.Seed, "rows"), perturbs: true);
        var inputs = table.Scaling(names);
        Row[] Rows(SocTable drawn, Func<int, double[], double> target) =>
            [.. drawn.Inputs.Select((row, k) => (Given: Scaled(row, inputs), k)).Select(pair => new Row { Features = [.. pair.Given.Select(value => (float)value)], Label = (float)target(pair.k, pair.Given) })];

        var soc = Fit(Rows(table, (k, _) => (table.Soc[k] - outputs[0].Mean) / outputs[0].Scale), names.Count, request.Seed, trees, leaves, least, rate);
        watch.Say($"{soc.Length} trees for SOC; now those for its error, on rows drawn anew.");

        // The mean logarithm of a normal error lies 0.635 below that of its deviation.
        const double LogOfMean = 0.635;
        var others = SocTable.Draw(items, names, rows / 2, SeededStream.For((ulong)request.Seed, "error rows"), perturbs: true);
        double Error(int k, double[] given) => Math.Abs(outputs[0].Mean + outputs[0].Scale * soc.Sum(tree => (double)tree.At([.. given.Select(value => (float)value)])) - others.Soc[k]);
        var deviation = Fit(Rows(others, (k, given) => (Math.Log(Math.Max(Error(k, given), 1e-4)) + LogOfMean - outputs[1].Mean) / outputs[1].Scale), names.Count, request.Seed, trees / 3 + 1, leaves, 4 * least, rate);
        return SocModels.Frame(this, request, data) with { Inputs = inputs, Outputs = outputs, Trees = [soc, deviation] };
    }

    static double[] Scaled(double[] row, ModelInput[] inputs) => [.. row.Select((value, k) => (value - inputs[k].Mean) / inputs[k].Scale)];

    static TreeFile[] Fit(Row[] rows, int features, int seed, int trees, int leaves, int least, double rate)
    {
        MLContext context = new(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            FeatureColumnName = nameof(Row.Features),
            LabelColumnName = nameof(Row.Label),
            NumberOfTrees = trees,
            NumberOfLeaves = leaves,
            MinimumExampleCountPerLeaf = least,
            LearningRate = rate,
            NumberOfThreads = 1,
            Seed = seed,
        }).Fit(context.Data.LoadFromEnumerable(rows, schema));
        var ensemble = model.Model.TrainedTreeEnsemble;
        return [.. ensemble.Trees.Select((tree, k) => Tree(tree, ensemble.TreeWeights[k])), new TreeFile { Input = [-1], Left = [0], Values = [(float)ensemble.Bias] }];
    }

    // Breadth first, so that both children of a node lie behind it and next to each other.
    internal static TreeFile Tree(RegressionTreeBase tree, double weight)
    {
        List<int> input = [0], left = [0], from = [tree.NumberOfNodes > 0 ? 0 : ~0];
        List<float> values = [0];
        for (int k = 0; k < from.Count; k++)
        {
            if (from[k] < 0)
            {
                (input[k], values[k]) = (-1, (float)(weight * tree.LeafValues[~from[k]]));
                continue;
            }

            (input[k], values[k], left[k]) = (tree.NumericalSplitFeatureIndexes[from[k]], tree.NumericalSplitThresholds[from[k]], from.Count);
            foreach (int child in (int[])[tree.LeftChild[from[k]], tree.RightChild[from[k]]])
            {
                from.Add(child);
                input.Add(0);
                left.Add(0);
                values.Add(0);
            }
        }

        return new() { Input = [.. input], Left = [.. left], Values = [.. values] };
    }

    sealed class Row
    {
        public required float[] Features { get; init; }

        public required float Label { get; init; }
    }
}
