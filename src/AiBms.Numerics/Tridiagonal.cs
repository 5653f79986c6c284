namespace AiBms.Numerics;

/// <summary>A tridiagonal matrix, factorised once and solved many times (Thomas's algorithm, no pivoting).</summary>
/// <remarks>Stable for diagonally dominant matrices (Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 9.6).</remarks>
public sealed class Tridiagonal(int n)
{
    readonly double[] _pivot = new double[n], _ratio = new double[n];

    /// <summary>Coupling of row i to row i − 1; the first is not used.</summary>
    public double[] Lower { get; } = new double[n];

    /// <summary>The diagonal.</summary>
    public double[] Diagonal { get; } = new double[n];

    /// <summary>Coupling of row i to row i + 1; the last is not used.</summary>
    public double[] Upper { get; } = new double[n];

    /// <summary>Factorises; false when a pivot is zero or not finite.</summary>
    public bool Factorise()
    {
        double ratio = 0;
        for (int i = 0; i < n; i++)
        {
            double pivot = 1 / (Diagonal[i] - (i > 0 ? Lower[i] * ratio : 0));
            if (!double.IsFinite(pivot)) return false;
            _pivot[i] = pivot;
            _ratio[i] = ratio = Upper[i] * pivot;
        }

        return true;
    }

    /// <summary>Solves in place.</summary>
    public void Solve(Span<double> b)
    {
        double previous = b[0] *= _pivot[0];
        for (int i = 1; i < n; i++) previous = b[i] = (b[i] - Lower[i] * previous) * _pivot[i];
        for (int i = n - 2; i >= 0; i--) previous = b[i] -= _ratio[i] * previous;
    }
}
