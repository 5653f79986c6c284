using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Learning.Health;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>The temperature board as JSON.</summary>
public static class TemperatureBoardJson
{
    /// <summary>The document.</summary>
    public static string Write(IReadOnlyList<TemperatureResult> results, BoardStamp stamp)
    {
        JsonObject root = new()
        {
            ["command"] = stamp.Command,
            ["date"] = stamp.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["held"] = TemperatureProtocols.Held,
            ["aims"] = new JsonArray([.. results.SelectMany(result => result.Aims()).Select(aim => (JsonNode)new JsonObject { ["aim"] = aim.Name, ["limit"] = aim.WantedFraction, ["value"] = Number(aim.ReachedFraction), ["valueLow"] = Number(aim.Limits.LowFraction), ["valueHigh"] = Number(aim.Limits.HighFraction), ["hit"] = aim.IsHit, ["hitByInterval"] = aim.IsHitByInterval, ["where"] = aim.Where })]),
            ["sets"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
            {
                ["set"] = result.Set,
                ["dataHash"] = result.Tasks[0].Result.Protocol.Set.DataHash,
                ["noiseK"] = Number(result.NoiseK),
                ["scores"] = new JsonArray([.. from entry in result.Tasks from scores in entry.Result.Scores select (JsonNode)Score(entry.Task.ToString(), scores.Learner, scores.Seed, "all", scores.Cells)]),
                ["groups"] = new JsonArray([.. from entry in result.Tasks
                                               from cells in TemperatureResult.Cells(entry.Result, TemperatureProtocols.Held).GroupBy(cell => cell.Group, StringComparer.Ordinal)
                                               select (JsonNode)Score(entry.Task.ToString(), TemperatureProtocols.Held, 1, cells.Key, [.. cells])]),
            })]),
        };
        return root.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("{\"", "\n{\"", StringComparison.Ordinal).TrimStart() + "\n";
    }

    static JsonObject Score(string task, string learner, ulong seed, string of, IReadOnlyList<CellScore> cells)
    {
        var score = TemperatureScore.Of(cells);
        var (low, high) = SkillBootstrap.Of(cells);
        return new()
        {
            ["task"] = task,
            ["learner"] = learner,
            ["seed"] = seed,
            ["of"] = of,
            ["windows"] = score.Rows,
            ["transient"] = score.TransientRows,
            ["rmseK"] = Number(score.RmseK),
            ["skill"] = Number(score.SkillFraction),
            ["skillLow"] = Number(low),
            ["skillHigh"] = Number(high),
            ["coverage"] = Number(score.CoverageFraction),
            ["widthK"] = Number(score.WidthK),
            ["winklerK"] = Number(score.WinklerK),
        };
    }

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 5)) : null;
}
