namespace AiBms.Numerics;

/// <summary>Slope of a line through the origin with errors in both coordinates.</summary>
/// <remarks>
/// Minimises Σ (y − Qx)² / (σy² + Q²σx²) over Q. Source: Plett, J. Power Sources 196 (2011) 2319, doi 10.1016/j.jpowsour.2010.09.048
/// (weighted total least squares; here a handful of windows, solved by Gauss–Newton on the weighted residuals).
/// </remarks>
public static class TotalLeastSquares
{
    const int Rounds = 12;

    /// <summary>Slope and its standard deviation; NaN where x says nothing.</summary>
    public static (double Slope, double Deviation) Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> xDeviation, ReadOnlySpan<double> yDeviation)
    {
        double xx = 0, xy = 0;
        for (int k = 0; k < x.Length; k++) (xx, xy) = (xx + x[k] * x[k], xy + x[k] * y[k]);
        if (!(xx > 0)) return (double.NaN, double.NaN);
        double slope = xy / xx, information = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double step = 0;
            information = 0;
            for (int k = 0; k < x.Length; k++)
            {
                double variance = yDeviation[k] * yDeviation[k] + slope * slope * xDeviation[k] * xDeviation[k], residual = y[k] - slope * x[k];

                // Derivative of residual / √variance with respect to the slope.
                double root = Math.Sqrt(variance), derivative = -x[k] / root - residual * slope * xDeviation[k] * xDeviation[k] / (variance * root);
                (information, step) = (information + derivative * derivative, step - derivative * residual / root);
            }

            slope += step / information;
        }

        return (slope, 1 / Math.Sqrt(information));
    }
}
