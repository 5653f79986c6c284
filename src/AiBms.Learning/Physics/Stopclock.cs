using System.Diagnostics;

namespace AiBms.Learning.Physics;

/// <summary>Times a piece of work on one thread: the least of many repeats, which is nearest to what the work costs on a quiet machine.</summary>
static class Stopclock
{
    const double WarmS = 0.4;

    /// <summary>Repeats longer than this, ms, are told by the processor time they took: nothing so long is left alone by other work.</summary>
    const double LongMs = 50;

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
            var used = Environment.CpuUsage.TotalTime;
            long begin = Stopwatch.GetTimestamp();
            work();
            double wallMs = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            least = Math.Min(least, wallMs > LongMs ? Math.Min(wallMs, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds) : wallMs);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < budgetS);
        return least;
    }
}
