using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>How the time of a recording runs: rate, length, gaps.</summary>
/// <param name="SamplePeriodS">Median step, s.</param>
/// <param name="DurationS">Length of all series together, s.</param>
/// <param name="Items">Gaps.</param>
sealed record TimeFindings(double SamplePeriodS, double DurationS, IReadOnlyList<FileFinding> Items)
{
    /// <summary>A step this many times the median, and longer than <see cref="ShortestGapS"/>, is a gap.</summary>
    const double GapFactor = 10, ShortestGapS = 5;

    const int StepsLookedAt = 10_001, LinesListed = 5;

    /// <summary>Looks at the time of a recording.</summary>
    public static TimeFindings Of(Recording recording, LineMap lines)
    {
        double period = MedianStep(recording), duration = 0, longest = 0;
        double limit = Math.Max(GapFactor * period, ShortestGapS);
        int gaps = 0;
        List<int> first = [];
        foreach (SeriesSpan span in recording.Series)
        {
            double latest = double.NaN;
            for (int row = span.FirstRow; row < span.FirstRow + span.RowCount; row++)
            {
                double now = recording.TimeS[row];
                if (!double.IsFinite(now) || now < latest)
                    continue;
                if (now - latest > limit)
                {
                    gaps++;
                    longest = Math.Max(longest, now - latest);
                    if (first.Count < LinesListed)
                        first.Add(lines.LineOf(row));
                }

                latest = now;
            }

            duration += double.IsFinite(latest) ? latest : 0;
        }

        List<FileFinding> items = [];
        if (gaps > 0)
        {
            items.Add(new("gap", Severity.Warning, string.Create(CultureInfo.InvariantCulture,
                $"{gaps} gaps in time, the longest {longest:G6} s (the usual step is {period:G4} s)"), gaps, first));
        }

        return new(period, duration, items);
    }

    static double MedianStep(Recording recording)
    {
        double[] timeS = recording.TimeS;
        List<double> steps = [];
        int stride = Math.Max(1, timeS.Length / StepsLookedAt);
        for (int row = 1; row < timeS.Length; row += stride)
        {
            double step = timeS[row] - timeS[row - 1];
            if (step > 0 && (recording.Flags[row] & RowFlags.SeriesStart) == RowFlags.None)
                steps.Add(step);
        }

        if (steps.Count == 0)
            return double.NaN;
        steps.Sort();
        return steps[steps.Count / 2];
    }
}
