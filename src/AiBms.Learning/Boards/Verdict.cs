using AiBms.Battery.Estimation;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>An aim and what became of it.</summary>
/// <param name="Aim">What was wanted.</param>
/// <param name="Rung">Which method is held to it.</param>
/// <param name="MeasuredFraction">What was measured, a pure number; NaN where nothing could be measured.</param>
public sealed record Verdict(Aim Aim, string Rung, double MeasuredFraction)
{
    /// <summary>Whether there is anything to judge.</summary>
    public bool IsMeasured => !double.IsNaN(MeasuredFraction);

    /// <summary>Share of the rows behind the figure that the filter answered in a network's place, 0…1; 0 where that is not asked.</summary>
    public double OutsideFraction { get; init; }

    /// <summary>90 % confidence interval of a coverage by block bootstrap; null for every other figure.</summary>
    public (double LowFraction, double HighFraction)? Limits { get; init; }

    /// <summary>Whether the value lies where the aim wants it.</summary>
    public bool IsWithin => MeasuredFraction >= Aim.LowSoc && MeasuredFraction <= Aim.HighSoc;

    /// <summary>Whether the confidence interval of a coverage holds 90 %; true where the aim asks for none.</summary>
    public bool IsHonest => Limits is not { } limits || (limits.LowFraction <= Aim.HonestFraction && limits.HighFraction >= Aim.HonestFraction);

    /// <summary>Whether the aim is met.</summary>
    public bool Hit => IsWithin && IsHonest;

    /// <summary>Whether most of what was measured is not the network's answer but the filter's, which took its place.</summary>
    public bool IsOfFilter => OutsideFraction > 0.5;

    /// <summary>The verdict in a word or two of Markdown.</summary>
    public string Word => Hit ? IsOfFilter ? "hit by the filter" : "hit" : IsMeasured ? "**missed**" : "**not measured**";

    /// <summary>Name of the aim in the file of notes: set, group, figure; before them the method where it is the shipped model's.</summary>
    public string Key => string.Join(' ', ((string?[])[Rung != SocEstimators.Default && SocRung.IsHeld(Rung) ? Rung : null, Aim.Set, Aim.Group, Aim.Figure]).Where(part => part is not null));

    /// <summary>Holds a rung of a set to the aims of the set; groups that were not run are passed over.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="rung">Which method.</param>
    /// <param name="seed">Seed of the bootstrap of a coverage, as in the table of intervals.</param>
    public static IReadOnlyList<Verdict> Of(SetResult result, string rung, ulong seed) =>
        [.. Aim.All.Where(aim => aim.Set == result.Dataset.Id && (aim.Group is null || result.Groups.Contains(aim.Group, StringComparer.Ordinal)))
            .Where(aim => aim.Figure != Aim.UnseenRatio || (result.Unseen.Count > 0 && rung != SocRung.Both))
            .Select(aim => new Verdict(aim, rung, Measure(result, rung, aim)) { OutsideFraction = Outside(result, rung, aim), Limits = LimitsOf(result, rung, aim, seed) })];

    static double Outside(SetResult result, string rung, Aim aim) =>
        aim.Figure == Aim.UnseenRatio && rung != SocEstimators.Default ? result.UnseenSummary(rung, aim.Group!)?.OutsideFraction ?? 0 : 0;

    static (double, double)? LimitsOf(SetResult result, string rung, Aim aim, ulong seed)
    {
        if (aim.Figure != Aim.Coverage || double.IsNaN(Measure(result, rung, aim))) return null;
        var limits = SocBoardPage.Bootstrap(result, aim.Group!, rung, seed);
        return (limits.CoverageLowFraction, limits.CoverageHighFraction);
    }

    static double Measure(SetResult result, string rung, Aim aim) => aim.Figure switch
    {
        Aim.Rmse => result.Summary(rung, aim.Group, BoardCondition.Headline.Name)?.RmseSoc ?? double.NaN,
        Aim.Coverage => result.Summary(rung, aim.Group, BoardCondition.Headline.Name)?.CoverageFraction ?? double.NaN,
        Aim.Percentile99 => result.Summary(rung, aim.Group, BoardCondition.Headline.Name)?.PooledPercentile99Soc ?? double.NaN,
        Aim.RmseByTemperature => result.Summary(rung, aim.Group, BoardCondition.Headline.Name) is { } score ? score.RmseSoc / score.AimSoc : double.NaN,
        Aim.Percentile99ByTemperature => result.Summary(rung, aim.Group, BoardCondition.Headline.Name) is { } score ? score.PooledPercentile99Soc / score.AimSoc : double.NaN,
        Aim.WidthRatio => result.Summary(rung, aim.Group, BoardCondition.Headline.Name) is { } score ? score.WidthSoc / score.RmseSoc : double.NaN,
        Aim.UnseenRatio => result.UnseenSummary(rung, aim.Group!) is { } unseen ? unseen.RmseSoc / result.Summary(rung, aim.Group, BoardCondition.Headline.Name)!.RmseSoc : double.NaN,
        Aim.Found => FoundWithin(result, rung, aim.Group, BoardCondition.WrongStarts[0], 300),
        Aim.FoundFar => FoundWithin(result, rung, aim.Group, BoardCondition.WrongStarts[1], 900),
        Aim.FaultMean => Faults(result, rung, aim.Group) is { Length: > 0 } rmses ? rmses.Average() : double.NaN,
        Aim.FaultWorst => Faults(result, rung, aim.Group) is { Length: > 0 } rmses ? rmses.Max() : double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(aim), aim.Figure, "no such figure"),
    };

    static double FoundWithin(SetResult result, string rung, string? group, BoardCondition start, double timeS) =>
        result.RunsOf(rung, group, start.Name).SelectMany(runs => runs).ToArray() is { Length: > 0 } runs ? runs.Count(run => run.ConvergedAfterS <= timeS) / (double)runs.Length : double.NaN;

    /// <summary>RMSEs of a rung over a group under each of the six faults, 0…1.</summary>
    public static double[] Faults(SetResult result, string rung, string? group) =>
        [.. BoardCondition.SixFaults.Select(fault => result.Summary(rung, group, fault.Name)?.RmseSoc).OfType<double>()];
}
