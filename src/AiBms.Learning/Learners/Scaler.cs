using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Learners;

/// <summary>Brings chosen columns to mean 0 and deviation 1; what is not known becomes 0, what is far out is held.</summary>
public sealed class Scaler
{
    /// <summary>A learner extrapolates no further than this many deviations.</summary>
    public const double FarthestFactor = 4;

    readonly int[] _columns;
    readonly double[] _mean, _deviation;
    readonly double _farthestFactor;

    /// <summary>Measures means and deviations.</summary>
    /// <param name="rowFeatures">Rows of features.</param>
    /// <param name="columns">Which columns are used.</param>
    /// <param name="farthestFactor">Deviations beyond which a value is held.</param>
    public Scaler(IReadOnlyList<double[]> rowFeatures, int[] columns, double farthestFactor = FarthestFactor)
    {
        (_columns, _farthestFactor) = (columns, farthestFactor);
        (_mean, _deviation) = (new double[columns.Length], new double[columns.Length]);
        for (int k = 0; k < columns.Length; k++)
        {
            double sum = 0, squares = 0;
            int count = 0;
            foreach (double[] row in rowFeatures)
                if (double.IsFinite(row[columns[k]])) (sum, count) = (sum + row[columns[k]], count + 1);
            _mean[k] = count > 0 ? sum / count : 0;
            foreach (double[] row in rowFeatures)
                if (double.IsFinite(row[columns[k]])) squares += (row[columns[k]] - _mean[k]) * (row[columns[k]] - _mean[k]);
            _deviation[k] = count > 0 && squares > 0 ? Math.Sqrt(squares / count) : 1;
        }
    }

    /// <summary>How many columns come out.</summary>
    public int Count => _columns.Length;

    /// <summary>Mean of each column, of its own unit.</summary>
    internal ReadOnlySpan<double> Means => _mean;

    /// <summary>Deviation of each column, of its own unit.</summary>
    internal ReadOnlySpan<double> Deviations => _deviation;

    /// <summary>A regression on these columns, scaled like this.</summary>
    public RegressionFile Into(RegressionFile regression) => regression with { Columns = _columns, Center = _mean, Scale = _deviation, Farthest = double.IsFinite(_farthestFactor) ? _farthestFactor : 0 };

    /// <summary>Scales one row.</summary>
    public void Scale(ReadOnlySpan<double> rowFeatures, Span<double> scaledFeatures)
    {
        for (int k = 0; k < _columns.Length; k++)
        {
            double value = (rowFeatures[_columns[k]] - _mean[k]) / _deviation[k];
            scaledFeatures[k] = double.IsFinite(value) ? Math.Clamp(value, -_farthestFactor, _farthestFactor) : 0;
        }
    }
}
