using System.Numerics.Tensors;
using AiBms.Numerics;

namespace AiBms.Learning.Learners;

/// <summary>Least squares with a penalty on the weights' squares; the intercept is free.</summary>
/// <remarks>Source: Hoerl, Kennard, Technometrics 12 (1970) 55, doi 10.1080/00401706.1970.10488634.</remarks>
public static class Ridge
{
    /// <summary>Fits y ≈ intercept + w·x.</summary>
    /// <param name="inputs">Rows of scaled inputs.</param>
    /// <param name="targets">One for each row.</param>
    /// <param name="penaltyWeights">Penalty on each input's weight, as a fraction of the number of rows; ≥ 0.</param>
    /// <returns>Weights, then the intercept.</returns>
    /// <exception cref="ArgumentException">There are fewer than two rows, counts differ, or inputs depend on each other and the penalty is zero.</exception>
    public static double[] Fit(IReadOnlyList<double[]> inputs, IReadOnlyList<double> targets, ReadOnlySpan<double> penaltyWeights)
    {
        if (inputs.Count < 2 || inputs.Count != targets.Count) throw new ArgumentException("One target for each of two or more rows is needed.", nameof(inputs));
        int width = inputs[0].Length, n = width + 1;
        ArgumentOutOfRangeException.ThrowIfNotEqual(penaltyWeights.Length, width);
        double[] normal = new double[n * n], right = new double[n], line = new double[n];
        line[width] = 1;
        for (int row = 0; row < inputs.Count; row++)
        {
            inputs[row].CopyTo(line, 0);
            TensorPrimitives.MultiplyAdd(line, targets[row], right, right);
            for (int i = 0; i < n; i++)
            {
                var part = normal.AsSpan(i * n, i + 1);
                TensorPrimitives.MultiplyAdd(line.AsSpan(0, i + 1), line[i], part, part);
            }
        }

        for (int i = 0; i < width; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(penaltyWeights[i], nameof(penaltyWeights));
            normal[i * n + i] += penaltyWeights[i] * inputs.Count;
        }

        if (!Dense.Cholesky(normal, n)) throw new ArgumentException("Inputs depend on each other: give a penalty above zero.", nameof(inputs));
        Dense.CholeskySolve(normal, n, right);
        return right;
    }
}
