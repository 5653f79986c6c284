using System.Runtime.CompilerServices;

namespace AiBms.Numerics;

/// <summary>A smooth function of one variable as piecewise cubics on even knots: value and slope in a few nanoseconds.</summary>
/// <remarks>Cubic Hermite through exact values and slopes: error h⁴·max|f⁗|/384. Outside the range it goes on as a straight line.</remarks>
public sealed class CubicTable
{
    readonly double _low, _high, _scale;
    readonly int _last;
    readonly double[] _coefficients;

    /// <summary>Tabulates a function that gives value and slope.</summary>
    public CubicTable(double low, double high, int intervals, Func<double, (double Value, double Slope)> function)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervals, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        double h = (high - low) / intervals;
        (_low, _high, _scale, _last) = (low, high, 1 / h, intervals - 1);
        _coefficients = new double[4 * intervals];
        (double value, double slope) = function(low);
        for (int i = 0; i < intervals; i++)
        {
            (double nextValue, double nextSlope) = function(low + (i + 1) * h);
            if (!double.IsFinite(nextValue) || !double.IsFinite(value))
                throw new ArgumentException($"the function is not finite between {low + i * h:g6} and {low + (i + 1) * h:g6}", nameof(function));
            double rise = nextValue - value, m0 = slope * h, m1 = nextSlope * h;
            _coefficients[4 * i] = value;
            _coefficients[4 * i + 1] = m0;
            _coefficients[4 * i + 2] = 3 * rise - 2 * m0 - m1;
            _coefficients[4 * i + 3] = m0 + m1 - 2 * rise;
            (value, slope) = (nextValue, nextSlope);
        }
    }

    CubicTable(double low, double high, double[] coefficients)
    {
        _last = coefficients.Length / 4 - 1;
        (_low, _high, _scale, _coefficients) = (low, high, (_last + 1) / (high - low), coefficients);
    }

    /// <summary>A table of the integral from the lower end, whose slope agrees with this table at the knots.</summary>
    /// <remarks>Each piece takes the exact rise of this table's cubic and its values at both ends: again error h⁴, and continuous.</remarks>
    public CubicTable Integral()
    {
        double[] integral = new double[_coefficients.Length];
        double sum = 0, h = 1 / _scale;
        for (int i = 0; i <= _last; i++)
        {
            var c = _coefficients.AsSpan(4 * i, 4);
            double rise = h * (c[0] + c[1] / 2 + c[2] / 3 + c[3] / 4), m0 = c[0] * h, m1 = (c[0] + c[1] + c[2] + c[3]) * h;
            integral[4 * i] = sum;
            integral[4 * i + 1] = m0;
            integral[4 * i + 2] = 3 * rise - 2 * m0 - m1;
            integral[4 * i + 3] = m0 + m1 - 2 * rise;
            sum += rise;
        }

        return new(_low, _high, integral);
    }

    /// <summary>Values and slopes at many x.</summary>
    public void At(ReadOnlySpan<double> x, Span<double> values, Span<double> slopes)
    {
        values = values[..x.Length];
        slopes = slopes[..x.Length];
        for (int i = 0; i < x.Length; i++) values[i] = At(x[i], out slopes[i]);
    }

    /// <summary>Value and slope at x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double x, out double slope)
    {
        double inside = x < _low ? _low : x > _high ? _high : x;
        double u = (inside - _low) * _scale;
        int i = Math.Min((int)u, _last);
        double t = u - i;
        var c = _coefficients.AsSpan(4 * i, 4);
        slope = (c[1] + t * (2 * c[2] + t * 3 * c[3])) * _scale;
        return c[0] + t * (c[1] + t * (c[2] + t * c[3])) + slope * (x - inside);
    }
}
