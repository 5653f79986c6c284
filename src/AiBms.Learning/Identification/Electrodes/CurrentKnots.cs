namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Few knots whose straight lines follow a measured current.</summary>
/// <remarks>Douglas and Peucker, Cartographica 10 (1973) 112, doi:10.3138/FM57-6770-U75U-7727, with the distance taken along the current.</remarks>
static class CurrentKnots
{
    /// <summary>Rows to keep, the first and the last among them.</summary>
    /// <param name="timeS">Times, ascending, s.</param>
    /// <param name="currentA">Current, A.</param>
    /// <param name="toleranceA">Largest distance between a line and the current, A.</param>
    public static int[] Of(double[] timeS, double[] currentA, double toleranceA)
    {
        var keep = new bool[timeS.Length];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int From, int To)>([(0, timeS.Length - 1)]);
        while (open.TryPop(out var span))
        {
            (int from, int to) = span;
            double slope = (currentA[to] - currentA[from]) / (timeS[to] - timeS[from]), worst = toleranceA;
            int at = -1;
            for (int k = from + 1; k < to; k++)
            {
                double distance = Math.Abs(currentA[k] - currentA[from] - slope * (timeS[k] - timeS[from]));
                if (distance > worst) (worst, at) = (distance, k);
            }

            if (at < 0) continue;
            keep[at] = true;
            open.Push((from, at));
            open.Push((at, to));
        }

        return [.. Enumerable.Range(0, timeS.Length).Where(k => keep[k])];
    }
}
