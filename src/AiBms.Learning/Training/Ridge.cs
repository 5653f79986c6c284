using AiBms.Numerics;

namespace AiBms.Learning.Training;

/// <summary>Least squares with a penalty on the weights' squares; the intercept is free.</summary>
/// <remarks>Source: Hoerl, Kennard, Technometrics 12 (1970) 55, doi 10.1080/00401706.1970.10488634.</remarks>
public static class Ridge
{
    /// <summary>Fits y ≈ intercept + w·x.</summary>
    /// <param name="inputs">Rows of scaled inputs.</param>
    /// <param name="targets">One for each row.</param>
    /// <param name="penaltyWeight">Penalty, as a fraction of the number of rows; ≥ 0.</param>
    /// <returns>Weights, then the intercept.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than inputs, or inputs depend on each other and the penalty is zero.</exception>
    public static double[] Fit(IReadOnlyList<double[]> inputs, IReadOnlyList<double> targets, double penaltyWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(penaltyWeight);
        if (inputs.Count < 2 || inputs.Count != targets.Count) throw new ArgumentException("One target for each of two or more rows is needed.", nameof(inputs));
        int width = inputs[0].Length, n = width + 1;
        double[] normal = new double[n * n], right = new double[n];
        for (int row = 0; row < inputs.Count; row++)
        {
            for (int i = 0; i < n; i++)
            {
                double left = i < width ? inputs[row][i] : 1;
                right[i] += left * targets[row];
                for (int j = 0; j <= i; j++) normal[i * n + j] += left * (j < width ? inputs[row][j] : 1);
            }
        }

        for (int i = 0; i < width; i++) normal[i * n + i] += penaltyWeight * inputs.Count;
        if (!Dense.Cholesky(normal, n)) throw new ArgumentException("Inputs depend on each other: give a penalty above zero.", nameof(inputs));
        Dense.CholeskySolve(normal, n, right);
        return right;
    }
}
