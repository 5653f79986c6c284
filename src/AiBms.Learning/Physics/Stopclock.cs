using System.Diagnostics;

namespace AiBms.Learning.Physics;

/// <summary>Times a piece of work on one thread: the least of many repeats, which is nearest to what the work costs on a quiet machine.</summary>
static class Stopclock
{
    const double WarmS = 0.4;

    /// <summary>Least time of a repeat, ms, after warming up, within a budget of wall time.</summary>
    public static double LeastMs(Action work, double budgetS)
    {
        long start = Stopwatch.GetTimestamp();
        do work();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmS);
        double least = double.PositiveInfinity;
        start = Stopwatch.GetTimestamp();
        do
        {
            long begin = Stopwatch.GetTimestamp();
            work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < budgetS);
        return least;
    }
}
