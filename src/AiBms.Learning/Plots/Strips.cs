using ScottPlot;

namespace AiBms.Learning.Plots;

/// <summary>Draws long time series: thinned to what a picture can show, broken where values are missing.</summary>
static class Strips
{
    /// <summary>Points of a line at most; beyond it least and greatest of each stretch are kept, so that no spike is lost.</summary>
    const int MostPoints = 3000;

    /// <summary>A line. Nothing is drawn where no value is finite.</summary>
    public static void Line(Plot plot, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Color color, string legend, float width = 2, bool isDashed = false)
    {
        bool named = false;
        foreach (var (from, to) in Runs(y))
        {
            var (xs, ys) = Thin(x[from..to], y[from..to]);
            var line = plot.Add.ScatterLine(xs, ys, color);
            line.LineWidth = width;
            if (isDashed) line.LinePattern = LinePattern.Dashed;
            if (!named) line.LegendText = legend;
            named = true;
        }
    }

    /// <summary>A band between two lines of the same length.</summary>
    public static void Band(Plot plot, ReadOnlySpan<double> x, ReadOnlySpan<double> low, ReadOnlySpan<double> high, Color color, string legend)
    {
        bool named = false;
        foreach (var (from, to) in Runs(low))
        {
            int step = Math.Max(1, (to - from) / MostPoints);
            List<double> xs = [], lows = [], highs = [];
            for (int k = from; k < to; k += step)
            {
                if (!double.IsFinite(high[k])) continue;
                xs.Add(x[k]);
                lows.Add(low[k]);
                highs.Add(high[k]);
            }

            if (xs.Count < 2) continue;
            var band = plot.Add.FillY([.. xs], [.. lows], [.. highs]);
            band.FillColor = color.WithAlpha(0.25);
            band.LineColor = Colors.Transparent;
            band.MarkerColor = Colors.Transparent;
            if (!named) band.LegendText = legend;
            named = true;
        }
    }

    /// <summary>Stretches of finite values.</summary>
    internal static List<(int From, int To)> Runs(ReadOnlySpan<double> y)
    {
        List<(int, int)> runs = [];
        int began = -1;
        for (int k = 0; k <= y.Length; k++)
        {
            bool finite = k < y.Length && double.IsFinite(y[k]);
            if (finite && began < 0) began = k;
            if (finite || began < 0) continue;
            runs.Add((began, k));
            began = -1;
        }

        return runs;
    }

    internal static (double[] X, double[] Y) Thin(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (y.Length <= MostPoints) return (x.ToArray(), y.ToArray());
        int stretch = (y.Length + MostPoints / 2 - 1) / (MostPoints / 2);
        List<double> xs = [], ys = [];
        for (int from = 0; from < y.Length; from += stretch)
        {
            int least = from, greatest = from;
            for (int k = from; k < Math.Min(from + stretch, y.Length); k++)
            {
                if (y[k] < y[least]) least = k;
                if (y[k] > y[greatest]) greatest = k;
            }

            foreach (int k in (int[])[Math.Min(least, greatest), Math.Max(least, greatest)])
            {
                xs.Add(x[k]);
                ys.Add(y[k]);
            }
        }

        return ([.. xs], [.. ys]);
    }
}
