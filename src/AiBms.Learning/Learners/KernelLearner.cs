using System.Globalization;
using System.Numerics.Tensors;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Numerics;

namespace AiBms.Learning.Learners;

/// <summary>Gaussian process regression (its mean) with a squared-exponential plus a linear kernel, on evenly picked rows.</summary>
/// <remarks>Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning" (2006), equation (2.25), ISBN 0-262-18253-X.</remarks>
/// <param name="name">Name in tables.</param>
/// <param name="uses">Which features are used, by name.</param>
public sealed class KernelLearner(string name, Func<string, bool> uses) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Noise variance relative to the kernel's.</summary>
    public double NoiseFactor { get; init; } = 1e-2;

    /// <summary>Length scale in deviations, for each root of the number of features.</summary>
    public double LengthFactor { get; init; } = 1;

    /// <summary>Share of the linear kernel.</summary>
    public double LinearFactor { get; init; } = 0.1;

    /// <summary>Rows kept at most; the work grows with the third power.</summary>
    public int MostRows { get; init; } = 1200;

    /// <summary>Learns the logarithm of the target: for what spans decades.</summary>
    public bool IsLogarithmic { get; init; }

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"{name}: kernel, noise {NoiseFactor}, length {LengthFactor}, linear {LinearFactor}, rows {MostRows}, logarithm {IsLogarithmic}");

    /// <inheritdoc/>
    public RegressionFile Fit(TrainingRows rows, ulong seed)
    {
        int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count).Where(k => uses(rows.FeatureNames[k]))];
        Scaler scaler = new(rows.RowFeatures, columns);
        // Which rows are picked is all that a seed changes.
        double phase = SeededStream.For(seed, "rows").NextFraction();
        int n = Math.Min(MostRows, rows.RowFeatures.Count);
        int[] picked = [.. Enumerable.Range(0, n).Select(k => (int)((k + phase) * rows.RowFeatures.Count / n))];
        double[][] kept = new double[n][];
        double[] target = IsLogarithmic ? [.. rows.TargetValues.Select(value => Math.Log(value))] : rows.TargetValues;
        double middle = target.Average();
        double[] weights = new double[n], gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            scaler.Scale(rows.RowFeatures[picked[i]], kept[i] = new double[columns.Length]);
            // As a model file keeps them, four digits of a deviation, so that what is solved here is what is estimated with later.
            for (int k = 0; k < columns.Length; k++) kept[i][k] = (float)Math.Round(kept[i][k], 4);
            weights[i] = target[picked[i]] - middle;
            for (int j = 0; j <= i; j++) gram[i * n + j] = Kernel(kept[i], kept[j]);
            gram[i * n + i] += NoiseFactor;
        }

        if (!Dense.Cholesky(gram, n)) throw new InvalidOperationException("A kernel matrix with noise is positive definite.");
        Dense.CholeskySolve(gram, n, weights);
        return scaler.Into(new()
        {
            Kind = "kernel",
            Weights = weights,
            Intercept = middle,
            Rows = [.. kept.Select(row => row.Select(value => (float)value).ToArray())],
            Length = LengthFactor,
            Linear = LinearFactor,
            IsLogarithmic = IsLogarithmic,
        });
    }

    double Kernel(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double distance = TensorPrimitives.Distance(a, b), count = a.Length;
        return Math.Exp(-distance * distance / (2 * LengthFactor * LengthFactor * count)) + LinearFactor * TensorPrimitives.Dot(a, b) / count;
    }
}
