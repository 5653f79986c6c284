using System.Globalization;
using AiBms.Battery.Estimation.Networks;
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

    /// <summary>One row in so many is learnt from, where neighbouring rows say the same.</summary>
    public int EveryRow { get; init; } = 1;

    /// <summary>Learns the logarithm of the target: for what spans decades.</summary>
    public bool IsLogarithmic { get; init; }

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"{name}: ridge, penalty {LinearFactor}, products {(squares is null ? "none" : ProductFactor.ToString(CultureInfo.InvariantCulture))}, logarithm {IsLogarithmic}, every row {EveryRow}");

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count).Where(k => uses(rows.FeatureNames[k]))];
        int[] squared = squares is null ? [] : [.. Enumerable.Range(0, columns.Length).Where(k => squares(rows.FeatureNames[columns[k]]))];
        Scaler scaler = new(rows.RowFeatures, columns);
        double[][] expanded = [.. rows.RowFeatures.Where((_, k) => k % EveryRow == 0).Select(row => Expand(scaler, squared, row))];
        int width = columns.Length + squared.Length * (squared.Length + 1) / 2;
        Scaler outer = new(expanded, [.. Enumerable.Range(0, width)], double.PositiveInfinity);
        double[] target = [.. rows.TargetValues.Where((_, k) => k % EveryRow == 0).Select(value => IsLogarithmic ? Math.Log(value) : value)];
        double[] penalties = [.. Enumerable.Range(0, width).Select(k => k < columns.Length ? LinearFactor : ProductFactor)];
        foreach (double[] row in expanded) outer.Scale(row, row);
        double[] weights = Ridge.Fit(expanded, target, penalties);
        // The outer scaling is folded into the weights: a model file scales columns only.
        double intercept = weights[^1];
        for (int k = 0; k < width; k++)
        {
            weights[k] /= outer.Deviations[k];
            intercept -= weights[k] * outer.Means[k];
        }

        return scaler.Into(new() { Kind = "linear", Squared = squared, Weights = weights[..^1], Intercept = intercept, IsLogarithmic = IsLogarithmic });
    }

    static double[] Expand(Scaler scaler, int[] squared, double[] row)
    {
        double[] all = new double[scaler.Count + squared.Length * (squared.Length + 1) / 2];
        scaler.Scale(row, all);
        int next = scaler.Count;
        for (int i = 0; i < squared.Length; i++)
            for (int j = i; j < squared.Length; j++) all[next++] = all[squared[i]] * all[squared[j]];
        return all;
    }
}
