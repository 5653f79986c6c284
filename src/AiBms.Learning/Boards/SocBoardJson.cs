using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>Writes what the SOC board found as JSON. Errors are fractions of SOC, 0…1; a time that is not reached is null.</summary>
public static class SocBoardJson
{
    /// <summary>The document.</summary>
    public static string Write(IReadOnlyList<SetResult> results, BoardStamp stamp)
    {
        JsonObject root = new()
        {
            ["command"] = stamp.Command,
            ["date"] = stamp.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["seed"] = stamp.Seed,
            ["quick"] = stamp.Quick,
            ["sets"] = new JsonArray([.. results.Select(result => (JsonNode)Set(result, stamp.Seed))]),
        };
        // One score a line: short, and a change shows where it is.
        return root.ToJsonString().Replace("{\"", "\n{\"", StringComparison.Ordinal).TrimStart() + "\n";
    }

    /// <summary>A summary as one JSON object.</summary>
    public static JsonObject Score(ScoreSummary score) => new()
    {
        ["runs"] = score.Runs,
        ["silentRuns"] = score.SilentRuns,
        ["rmse"] = Number(score.RmseSoc),
        ["mae"] = Number(score.MaeSoc),
        ["p99"] = Number(score.PooledPercentile99Soc),
        ["p99OfCut"] = Number(score.Percentile99Soc),
        ["outside"] = Number(score.OutsideFraction),
        ["max"] = Number(score.WorstSoc),
        ["first5MinRmse"] = Number(score.EarlyRmseSoc),
        ["convergedMedianS"] = Number(score.ConvergedMedianS),
        ["convergedP95S"] = Number(score.ConvergedPercentile95S),
        ["coverage"] = Number(score.CoverageFraction),
        ["width"] = Number(score.WidthSoc),
        ["winkler"] = Number(score.WinklerSoc),
        ["label"] = Number(score.LabelSoc),
    };

    static JsonObject Set(SetResult result, ulong seed) => new JsonObject
    {
        ["set"] = result.Dataset.Id,
        ["source"] = result.Dataset.Source,
        ["dataHash"] = result.DataHash,
        ["fittedOn"] = new JsonArray([.. result.FittedOn.Select(name => (JsonNode)name)]),
        ["aims"] = new JsonArray([.. result.HeldToAims.SelectMany(held => Verdict.Of(result, held, seed)).Select(verdict => (JsonNode)new JsonObject
        {
            ["aim"] = verdict.Key,
            ["method"] = verdict.Rung,
            ["low"] = verdict.Aim.LowSoc,
            ["high"] = verdict.Aim.HighSoc,
            ["value"] = Number(verdict.MeasuredFraction),
            ["valueLow"] = verdict.Limits is { } limits ? Number(limits.LowFraction) : null,
            ["valueHigh"] = verdict.Limits is { } high ? Number(high.HighFraction) : null,
            ["byFilter"] = verdict.IsOfFilter,
            ["hit"] = verdict.Hit,
        })]),
        ["times"] = new JsonArray([.. result.StepS.Select(pair => (JsonNode)new JsonObject { ["method"] = pair.Key, ["stepS"] = Number(pair.Value), ["trainingS"] = result.TrainingS.TryGetValue(pair.Key, out double trainingS) ? Number(trainingS) : null })]),
        ["groups"] = new JsonArray([.. from @group in result.Groups from rung in result.Rungs from condition in Conditions(result)
                                       let score = result.Summary(rung, @group, condition) where score is not null
                                       select (JsonNode)Row(score, ("group", @group), ("method", rung), ("condition", condition))]),
        ["unseen"] = new JsonArray([.. from @group in result.Groups from rung in result.Rungs
                                       let score = result.UnseenSummary(rung, @group) where score is not null
                                       select (JsonNode)Row(score, ("group", @group), ("method", rung))]),
        ["seeds"] = new JsonArray([.. from @group in result.Seeds.Count > 0 ? result.Groups : [] from score in result.SeedSummaries(@group) select (JsonNode)Row(score, ("group", @group))]),
        ["recordings"] = new JsonArray([.. from file in result.Files
                                           let runs = file.Runs[BoardCondition.Headline.Name] where runs.Count > 0
                                           select (JsonNode)Row(ScoreSummary.Of(runs), ("file", file.File.RelativePath), ("group", file.File.Group), ("method", file.Rung))]),
    };

    static IEnumerable<string> Conditions(SetResult result) => result.Files.SelectMany(file => file.Runs.Keys).Distinct(StringComparer.Ordinal);

    static JsonObject Row(ScoreSummary score, params (string Name, string Value)[] keys)
    {
        var row = Score(score);
        for (int k = 0; k < keys.Length; k++) row.Insert(k, keys[k].Name, keys[k].Value);
        return row;
    }

    // Nine decimals: what is rounded again for a README must not be rounded twice.
    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 9)) : null;
}
