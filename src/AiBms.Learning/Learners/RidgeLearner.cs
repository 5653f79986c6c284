using AiBms.Learning.Health;
using AiBms.Numerics;

namespace AiBms.Learning.Learners;

/// <summary>Ridge regression on scaled columns and, for some of them, on all their products of two.</summary>
/// <remarks>Source: Hoerl and Kennard, "Ridge regression", Technometrics 12 (1970), doi 10.1080/00401706.1970.10488634.</remarks>
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
        double middle = target.Average();
        int n = expansion.Count;
        double[] gram = new double[n * n], weights = new double[n], scaled = new double[n];
        for (int row = 0; row < expanded.Length; row++)
        {
            scaler.Scale(expanded[row], scaled);
            for (int i = 0; i < n; i++)
            {
                weights[i] += scaled[i] * (target[row] - middle) / expanded.Length;
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(scaled.AsSpan(0, i + 1), scaled[i] / expanded.Length, gram.AsSpan(i * n, i + 1), gram.AsSpan(i * n, i + 1));
            }
        }

        for (int i = 0; i < n; i++) gram[i * n + i] += i < columns.Length ? LinearFactor : ProductFactor;
        if (!Dense.Cholesky(gram, n)) throw new InvalidOperationException("The normal equations of a ridge regression are positive definite for a positive penalty.");
        Dense.CholeskySolve(gram, n, weights);
        return new Fitted(expansion, scaler, weights, middle, IsLogarithmic);
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

    sealed class Fitted(Expansion expansion, Scaler scaler, double[] weights, double middle, bool isLogarithmic) : IPredictor
    {
        public double Predict(ReadOnlySpan<double> rowFeatures)
        {
            double[] scaled = new double[weights.Length];
            scaler.Scale(expansion.Of(rowFeatures), scaled);
            double value = middle + System.Numerics.Tensors.TensorPrimitives.Dot<double>(scaled, weights);
            return isLogarithmic ? Math.Exp(value) : value;
        }
    }
}
