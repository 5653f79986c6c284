using AiBms.Learning.Health;

namespace AiBms.Learning.Learners;

/// <summary>Ridge regression on scaled columns and, for some of them, on all their products of two.</summary>
/// <param name="name">Name in tables.</param>
/// <param name="uses">Which features are used, by name.</param>
/// <param name="squares">Which of those also enter as products of two; none where null.</param>
public sealed class RidgeLearner(string name, Func<string, bool> uses, Func<string, bool>? squares = null) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Penalty on the columns themselves, relative to their variance.</summary>
    public double LinearFactor { get; init; } = 1e-3;

    /// <summary>Penalty on products.</summary>
    public double ProductFactor { get; init; } = 1e-3;

    /// <summary>Learns the logarithm of the target: for what spans decades.</summary>
    public bool IsLogarithmic { get; init; }

    /// <inheritdoc/>
    public IPredictor Fit(TrainingRows rows, ulong seed)
    {
        int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count).Where(k => uses(rows.FeatureNames[k]))];
        int[] squared = squares is null ? [] : [.. Enumerable.Range(0, columns.Length).Where(k => squares(rows.FeatureNames[columns[k]]))];
        Expansion expansion = new(new(rows.RowFeatures, columns), squared);
        double[][] expanded = [.. from row in rows.RowFeatures select expansion.Of(row)];
        Scaler scaler = new(expanded, Enumerable.Range(0, expansion.Count).ToArray(), double.PositiveInfinity);
        double[] target = IsLogarithmic ? [.. rows.TargetValues.Select(value => Math.Log(value))] : rows.TargetValues;
        double[] penalties = [.. Enumerable.Range(0, expansion.Count).Select(k => k < columns.Length ? LinearFactor : ProductFactor)];
        foreach (double[] row in expanded) scaler.Scale(row, row);
        double[] weights = Ridge.Fit(expanded, target, penalties);
        return new Fitted(expansion, scaler, weights[..^1], weights[^1], IsLogarithmic);
    }

    sealed class Expansion(Scaler scaler, int[] squared)
    {
        public int Count => scaler.Count + squared.Length * (squared.Length + 1) / 2;

        public double[] Of(ReadOnlySpan<double> rowFeatures)
        {
            double[] all = new double[Count];
            scaler.Scale(rowFeatures, all);
            int next = scaler.Count;
            for (int i = 0; i < squared.Length; i++)
                for (int j = i; j < squared.Length; j++) all[next++] = all[squared[i]] * all[squared[j]];
            return all;
        }
    }

    sealed class Fitted(Expansion expansion, Scaler scaler, double[] weights, double intercept, bool isLogarithmic) : IPredictor
    {
        public double Predict(ReadOnlySpan<double> rowFeatures)
        {
            double[] scaled = new double[weights.Length];
            scaler.Scale(expansion.Of(rowFeatures), scaled);
            double value = intercept + System.Numerics.Tensors.TensorPrimitives.Dot<double>(scaled, weights);
            return isLogarithmic ? Math.Exp(value) : value;
        }
    }
}
