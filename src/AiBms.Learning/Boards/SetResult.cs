using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>What the board found on one data set.</summary>
public sealed record SetResult
{
    /// <summary>The set.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>Every rung over every test recording, recordings in order, rungs in order within each.</summary>
    public required IReadOnlyList<FileScores> Files { get; init; }

    /// <summary>SHA-256 over names and contents of the recordings that were used.</summary>
    public required string DataHash { get; init; }

    /// <summary>Tested recordings that the cell was identified on: on these a score is no test, and the page says so.</summary>
    public IReadOnlyList<string> FittedOn { get; init; } = [];

    /// <summary>Scores of methods made without the ambient they are tested at, see <see cref="SocBoard.RunUnseen"/>; empty where none were run.</summary>
    public IReadOnlyList<FileScores> Unseen { get; init; } = [];

    /// <summary>Headline of the shipped model trained with other seeds; empty where none were run.</summary>
    public IReadOnlyList<FileScores> Seeds { get; init; } = [];

    /// <summary>Processor time to train each learned rung, s, where it is known.</summary>
    public IReadOnlyDictionary<string, double> TrainingS { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Time of one step of each rung, s, measured while the board ran; empty where it was not measured.</summary>
    public IReadOnlyDictionary<string, double> StepS { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Groups in order of temperature, a rising chamber last.</summary>
    public IReadOnlyList<string> Groups => [.. Files.Select(scores => scores.File).DistinctBy(file => file.Group, StringComparer.Ordinal)
        .OrderBy(file => file.Group == file.AmbientDegC.ToString(System.Globalization.CultureInfo.InvariantCulture) ? 0 : 1).ThenBy(file => file.AmbientDegC).Select(file => file.Group)];

    /// <summary>Rungs in order.</summary>
    public IReadOnlyList<string> Rungs => [.. Files.Select(scores => scores.Rung).Distinct(StringComparer.Ordinal)];

    /// <summary>The rungs that are held to the aims: the shipped model's and the filter's where they ran, else the last one run that is no baseline.</summary>
    public IReadOnlyList<string> HeldToAims
    {
        get
        {
            string[] held = [.. SocRung.Held.Where(rung => Rungs.Contains(rung, StringComparer.Ordinal))];
            return held.Length > 0 ? held : [.. Rungs.Where(rung => !IsBaseline(rung)).TakeLast(1)];
        }
    }

    static bool IsBaseline(string rung) => rung == "mean" || SocRung.All.Any(known => known.Name == rung && known.IsBaseline);

    /// <summary>Runs of a rung over a group under a condition, one list for each recording.</summary>
    public IEnumerable<IReadOnlyList<CutScore>> RunsOf(string rung, string? group, string condition) =>
        Files.Where(scores => scores.Rung == rung && (group is null || scores.File.Group == group) && scores.Runs.ContainsKey(condition)).Select(scores => scores.Runs[condition]);

    /// <summary>Headline of the shipped model over a group, the model itself first and then each other seed's.</summary>
    public IReadOnlyList<ScoreSummary> SeedSummaries(string group)
    {
        var others = Seeds.Where(scores => scores.File.Group == group).GroupBy(scores => scores.Rung, StringComparer.Ordinal)
            .Select(seed => ScoreSummary.Of([.. seed.SelectMany(scores => scores.Runs[BoardCondition.Headline.Name])]));
        return Summary(SocNetworks.Best, group, BoardCondition.Headline.Name) is { } shipped ? [shipped, .. others] : [.. others];
    }

    /// <summary>Headline of a rung over a group that it was made without; null where that was not run.</summary>
    public ScoreSummary? UnseenSummary(string rung, string group)
    {
        CutScore[] runs = [.. Unseen.Where(scores => scores.Rung == rung && scores.File.Group == group).SelectMany(scores => scores.Runs[BoardCondition.Headline.Name])];
        return runs.Length > 0 ? ScoreSummary.Of(runs) : null;
    }

    /// <summary>Summary of a rung over a group (all groups where null) under a condition; null where nothing ran.</summary>
    public ScoreSummary? Summary(string rung, string? group, string condition)
    {
        CutScore[] runs = [.. RunsOf(rung, group, condition).SelectMany(run => run)];
        return runs.Length > 0 ? ScoreSummary.Of(runs) : null;
    }
}
