using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace AiBms.Training;

/// <summary>Gradient-boosted regression trees of the library, as trees of a model file.</summary>
/// <remarks>Source of the method: Friedman, Ann. Statist. 29 (2001) 1189, doi 10.1214/aos/1013203451.</remarks>
sealed class TreesLearner(string name, Func<string, bool> uses, TreesDesign design) : ILearner
{
    const string Features = "Features", Label = "Label";

    public string Name => name;

    public string Settings => AbsentLibrary.SettingsOf(name, design);

    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count).Where(k => uses(rows.FeatureNames[k]))];
        Scaler scaler = new(rows.RowFeatures, columns);
        double[] target = design.IsLogarithmic ? [.. rows.TargetValues.Select(value => Math.Log(value))] : rows.TargetValues;
        double middle = target.Average(), deviation = Math.Max(1e-12, Math.Sqrt(target.Average(value => (value - middle) * (value - middle))));
        double[] scaled = new double[columns.Length];
        Row[] table =
        [
            .. rows.RowFeatures.Select((row, k) => (row, k)).Where(pair => pair.k % design.EveryRow == 0).Select(pair =>
            {
                var (row, k) = pair;
                scaler.Scale(row, scaled);
                return new Row { Features = [.. scaled.Select(value => (float)value)], Label = (float)((target[k] - middle) / deviation) };
            }),
        ];
        MLContext context = new((int)seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        FastTreeRegressionTrainer.Options options = new()
        {
            FeatureColumnName = Features,
            LabelColumnName = Label,
            NumberOfTrees = design.TreeCount,
            NumberOfLeaves = design.LeafCount,
            MinimumExampleCountPerLeaf = Math.Min(design.LeastRows, Math.Max(1, table.Length / 10)),
            LearningRate = design.RateFactor,
            FeatureFraction = design.FeatureFraction,
            Seed = (int)seed,
            NumberOfThreads = 1,
        };
        var ensemble = context.Regression.Trainers.FastTree(options).Fit(context.Data.LoadFromEnumerable(table, schema)).Model.TrainedTreeEnsemble;
        return scaler.Into(new()
        {
            Kind = "trees",
            Intercept = middle + deviation * ensemble.Bias,
            OutputScale = deviation,
            Trees = [.. ensemble.Trees.Zip(ensemble.TreeWeights, SocTreesTrainer.Tree)],
            IsLogarithmic = design.IsLogarithmic,
        });
    }

    sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
