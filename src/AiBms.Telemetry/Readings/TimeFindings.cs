using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>How the time of a recording runs: rate, length, gaps.</summary>
/// <param name="SamplePeriodS">Median step, s.</param>
/// <param name="DurationS">Length of all series together, s.</param>
/// <param name="Items">Gaps and changes of rate.</param>
sealed record TimeFindings(double SamplePeriodS, double DurationS, IReadOnlyList<FileFinding> Items)
{
    /// <summary>A step this many times the median, and longer than <see cref="ShortestGapS"/>, is long.</summary>
    const double GapFactor = 10, ShortestGapS = 5;

    /// <summary>Long steps of one length that come this often are a slower rate, as at rest, not gaps.</summary>
    const int OftenEnough = 5;

    const int StepsLookedAt = 10_001, LinesListed = 5;

    /// <summary>Looks at the time of a recording.</summary>
    public static TimeFindings Of(Recording recording, LineMap lines)
    {
        double period = MedianStep(recording), duration = 0;
        double limit = Math.Max(GapFactor * period, ShortestGapS);
        List<(int Row, double StepS)> longSteps = [], jumps = [];
        foreach (SeriesSpan span in recording.Series)
        {
            double latest = double.NaN, before = double.NaN;
            for (int row = span.FirstRow; row < span.FirstRow + span.RowCount; row++)
            {
                double now = recording.TimeS[row];
                if (now < before)
                    jumps.Add((row, now - before));
                before = double.IsFinite(now) ? now : before;
                if (!double.IsFinite(now) || now < latest)
                    continue;
                if (now - latest > limit)
                    longSteps.Add((row, now - latest));
                latest = now;
            }

            duration += double.IsFinite(latest) ? latest : 0;
        }

        return new(period, duration, [.. Describe(longSteps, period, lines), .. Jumps(jumps, lines)]);
    }

    /// <summary>Where the clock itself was set back; the rows up to the time already reached are flagged one by one.</summary>
    static IEnumerable<FileFinding> Jumps(List<(int Row, double StepS)> jumps, LineMap lines)
    {
        if (jumps.Count > 0)
        {
            yield return new("clock-jump", Severity.Warning, string.Create(CultureInfo.InvariantCulture,
                $"clock set back: {jumps.Count} {(jumps.Count == 1 ? "time" : "times")}, at most by {-jumps.Min(jump => jump.StepS):G6} s"),
                jumps.Count, [.. jumps.Take(LinesListed).Select(jump => lines.LineOf(jump.Row))]);
        }
    }

    static List<FileFinding> Describe(List<(int Row, double StepS)> longSteps, double period, LineMap lines)
    {
        var lengths = longSteps.GroupBy(step => Math.Round(step.StepS)).Where(group => group.Count() >= OftenEnough).Select(group => group.Key).ToHashSet();
        var gaps = longSteps.FindAll(step => !lengths.Contains(Math.Round(step.StepS)));
        List<FileFinding> items = [];
        if (gaps.Count > 0)
        {
            items.Add(new("gap", Severity.Warning, string.Create(CultureInfo.InvariantCulture,
                $"gaps in time: {gaps.Count}, the longest {gaps.Max(gap => gap.StepS):G6} s (the usual step is {period:G4} s)"),
                gaps.Count, [.. gaps.Take(LinesListed).Select(gap => lines.LineOf(gap.Row))]));
        }

        if (longSteps.Count > gaps.Count)
        {
            items.Add(new("slow-rate", Severity.Note, string.Create(CultureInfo.InvariantCulture,
                $"slower logging: {longSteps.Count - gaps.Count} steps of {string.Join(", ", lengths.Order().Take(4))}{(lengths.Count > 4 ? " …" : "")} s"),
                longSteps.Count - gaps.Count, []));
        }

        return items;
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
