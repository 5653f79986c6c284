using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Confidence intervals of interval statistics by drawing whole stretches of time with replacement.</summary>
/// <remarks>
/// Errors of neighbouring rows, and of different cuts over the same rows, are strongly dependent; so a stretch of a recording's own
/// time, with all cuts that ran through it, is drawn as one, within its recording.
/// Source: Künsch, "The jackknife and the bootstrap for general stationary observations", Ann. Statist. 17 (1989), doi 10.1214/aos/1176347265.
/// </remarks>
public static class BlockBootstrap
{
    /// <summary>90 % confidence limits of coverage, mean width and mean Winkler score.</summary>
    public readonly record struct Limits(double CoverageLowFraction, double CoverageHighFraction, double WidthLowSoc, double WidthHighSoc, double WinklerLowSoc, double WinklerHighSoc);

    /// <summary>The 5th and 95th percentiles over redraws.</summary>
    /// <param name="recordings">Of each recording, the runs over it.</param>
    /// <param name="stream">Where draws come from.</param>
    /// <param name="draws">How many redraws.</param>
    /// <param name="band">Band of true SOC; null for all together.</param>
    public static Limits Of(IEnumerable<IEnumerable<CutScore>> recordings, SeededStream stream, int draws = 1000, int? band = null)
    {
        BlockSums[][] blocks = [.. recordings.Select(runs => (BlockSums[])[.. runs.SelectMany(run => run.Blocks).Where(block => band is null || block.Band == band)
            .GroupBy(block => block.Block).OrderBy(group => group.Key).Select(group => group.Aggregate((a, b) => a + b))])];
        double[] coverage = new double[draws], width = new double[draws], winkler = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            BlockSums sums = default;
            foreach (var recording in blocks)
                for (int k = 0; k < recording.Length; k++) sums += recording[stream.NextBelow(recording.Length)];
            coverage[draw] = (double)sums.Covered / sums.Rows;
            width[draw] = sums.WidthSoc / sums.Rows;
            winkler[draw] = sums.WinklerSoc / sums.Rows;
        }

        Array.Sort(coverage);
        Array.Sort(width);
        Array.Sort(winkler);
        return new(Ranks.At(coverage, 0.05), Ranks.At(coverage, 0.95), Ranks.At(width, 0.05), Ranks.At(width, 0.95), Ranks.At(winkler, 0.05), Ranks.At(winkler, 0.95));
    }
}
