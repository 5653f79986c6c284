using System.Diagnostics;

namespace AiBms.Learning.Physics;

/// <summary>Times a piece of work on one thread: the least of many repeats, which is nearest to what the work costs on a quiet machine.</summary>
static class Stopclock
{
    const double WarmS = 0.4;

    /// <summary>Repeats longer than this, ms, are told by the processor time they took: nothing so long is left alone by other work.</summary>
    const double LongMs = 50;

    /// <summary>Least time of a repeat, ms, after warming up, within a budget of wall time.</summary>
    public static double LeastMs(Action work, double budgetS) => LeastMs([work], budgetS)[0];

    /// <summary>The same for several pieces of work that take turns.</summary>
    public static double[] LeastMs(Action[] works, double budgetS)
    {
        foreach (var work in works)
        {
            long start = Stopwatch.GetTimestamp();
            do work();
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmS);
        }

        double[] least = [.. works.Select(_ => double.PositiveInfinity)];
        long begin = Stopwatch.GetTimestamp();
        do
        {
            for (int k = 0; k < works.Length; k++) least[k] = Math.Min(least[k], OnceMs(works[k]));
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetS);
        return least;
    }

    static double OnceMs(Action work)
    {
        var used = Environment.CpuUsage.TotalTime;
        long begin = Stopwatch.GetTimestamp();
        work();
        double wallMs = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return wallMs > LongMs ? Math.Min(wallMs, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds) : wallMs;
    }
}
