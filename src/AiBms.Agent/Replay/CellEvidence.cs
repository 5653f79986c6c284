using AiBms.Numerics;

namespace AiBms.Agent.Replay;

/// <summary>What a cell's deviation from the middle cell goes with: a fixed error, the slope of the OCV, that slope by depth, or the current.</summary>
/// <remarks>
/// d = b + s·q + s·(z − z₀)·c + I·r, sums of which are kept for least squares. Key: d deviation of the cell's voltage from the median, V;
/// b fixed error, V; s slope of the OCV, V; q difference of charge, share of capacity; z SOC; z₀ = 0.6; c difference of inverse capacity,
/// share; I current, A; r difference of resistance, Ω. Sub-fits use the same sums, so each explanation can be asked how well it does alone.
/// </remarks>
public sealed class CellEvidence
{
    /// <summary>Terms of the sum.</summary>
    public const int Fixed = 0, Charge = 1, Capacity = 2, Resistance = 3, Terms = 4;

    const double MiddleSoc = 0.6;

    readonly double[] _normal = new double[Terms * Terms], _right = new double[Terms];
    double _square, _sum;

    /// <summary>Rows taken in.</summary>
    public long Rows { get; private set; }

    /// <summary>Mean deviation, V.</summary>
    public double MeanV => _sum / Rows;

    /// <summary>Takes in one row.</summary>
    /// <param name="deviationV">The cell's voltage less the median's, V.</param>
    /// <param name="slopeV">Slope of the OCV, V.</param>
    /// <param name="soc">State of charge.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    public void Add(double deviationV, double slopeV, double soc, double currentA)
    {
        Span<double> x = [1, slopeV, slopeV * (soc - MiddleSoc), currentA];
        for (int a = 0; a < Terms; a++)
        {
            for (int b = 0; b < Terms; b++) _normal[a * Terms + b] += x[a] * x[b];
            _right[a] += x[a] * deviationV;
        }

        _square += deviationV * deviationV;
        _sum += deviationV;
        Rows++;
    }

    /// <summary>Fits some of the terms.</summary>
    /// <param name="terms">Which, rising.</param>
    /// <param name="fitted">Filled, one for each of <paramref name="terms"/>; NaN where the rows cannot tell them apart.</param>
    /// <returns>Root mean square of what is left, V.</returns>
    public double Fit(ReadOnlySpan<int> terms, Span<double> fitted)
    {
        int n = terms.Length;
        double[] matrix = new double[n * n], scale = new double[n];
        for (int a = 0; a < n; a++) scale[a] = Math.Sqrt(_normal[terms[a] * Terms + terms[a]]);
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++) matrix[a * n + b] = _normal[terms[a] * Terms + terms[b]] / (scale[a] * scale[b]);
            fitted[a] = _right[terms[a]] / scale[a];
        }

        if (Rows < 10 || !Dense.Cholesky(matrix, n))
        {
            fitted[..n].Fill(double.NaN);
            return Math.Sqrt(_square / Rows);
        }

        Dense.CholeskySolve(matrix, n, fitted[..n]);
        double explained = 0;
        for (int a = 0; a < n; a++)
        {
            fitted[a] /= scale[a];
            explained += fitted[a] * _right[terms[a]];
        }

        return Math.Sqrt(Math.Max(0, _square - explained) / Rows);
    }

    /// <summary>Root mean square of a term over the rows, V: how much of the deviation it makes.</summary>
    public double SizeV(int term, double fitted) => Math.Abs(fitted) * Math.Sqrt(_normal[term * Terms + term] / Rows);
}
