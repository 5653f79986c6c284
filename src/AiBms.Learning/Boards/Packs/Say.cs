using System.Globalization;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Numbers as the board writes them.</summary>
static class Say
{
    public static string Percent(double fraction, int digits = 1) => double.IsNaN(fraction) ? "–" : (100 * fraction).ToString("F" + digits, CultureInfo.InvariantCulture) + " %";

    public static string Number(double value, int digits = 2) => double.IsNaN(value) ? "–" : value.ToString("F" + digits, CultureInfo.InvariantCulture);

    public static string Count(int some, int all) => string.Create(CultureInfo.InvariantCulture, $"{some} of {all}");

    public static double Quantile(IEnumerable<double> values, double q)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Floor(q * sorted.Length), 0, sorted.Length - 1)];
    }

    public static double Rms(IEnumerable<double> values) => Math.Sqrt(values.Select(v => v * v).DefaultIfEmpty(double.NaN).Average());

    /// <summary>Upper end of the one-sided 95 % interval of a share (Clopper and Pearson 1934), by bisection on the binomial sum.</summary>
    public static double UpperBound(int some, int all)
    {
        if (all == 0) return 1;
        double low = (double)some / all, high = 1;
        for (int n = 0; n < 60; n++)
        {
            double p = (low + high) / 2, term = Math.Pow(1 - p, all), sum = term;
            for (int k = 1; k <= some; k++) sum += term *= (all - k + 1.0) / k * p / (1 - p);
            if (sum > 0.05) low = p;
            else high = p;
        }

        return high;
    }
}
