using System.Globalization;
using System.Text.Json.Nodes;

namespace AiBms.Learning.Boards.Health;

/// <summary>A health board for programs.</summary>
public static class HealthBoardJson
{
    /// <summary>The document, one score a line.</summary>
    public static string Write(IReadOnlyList<HealthResult> results, BoardStamp stamp)
    {
        JsonObject root = new()
        {
            ["command"] = stamp.Command,
            ["date"] = stamp.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["protocols"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
            {
                ["protocol"] = result.Protocol.Id,
                ["target"] = result.Protocol.Set.Target,
                ["source"] = result.Protocol.Set.Source,
                ["dataHash"] = result.Protocol.Set.DataHash,
                ["held"] = result.Protocol.Held,
                ["aims"] = new JsonArray([.. result.Protocol.Aims.Select(aim => (JsonNode)new JsonObject
                {
                    ["aim"] = aim.Name, ["limit"] = aim.LimitValues[0], ["value"] = Number(result.Measure(aim)), ["hit"] = result.Measure(aim) <= aim.LimitValues[0],
                })]),
                ["all"] = new JsonArray([.. result.Scores.Select(scores => (JsonNode)Score(scores, "all", HealthSummary.Of(scores.Cells, 1)))]),
                ["groups"] = new JsonArray([.. from scores in result.Scores from @group in result.Groups
                                               select (JsonNode)Score(scores, @group, HealthSummary.Of([.. scores.Cells.Where(cell => cell.Group == @group)], 1))]),
                ["cells"] = new JsonArray([.. from scores in result.HeldSeeds.Take(1) from cell in scores.Cells select (JsonNode)Score(scores, cell.Cell, HealthSummary.Of([cell], 1))]),
            })]),
        };
        return root.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("{\"", "\n{\"", StringComparison.Ordinal).TrimStart() + "\n";
    }

    static JsonObject Score(HealthScores scores, string of, HealthSummary score) => new()
    {
        ["of"] = of,
        ["learner"] = scores.Learner,
        ["seed"] = scores.Seed,
        ["cells"] = score.Cells,
        ["mape"] = Number(score.MapeFraction),
        ["mapeLow"] = Number(score.MapeFractionLow),
        ["mapeHigh"] = Number(score.MapeFractionHigh),
        ["rmse"] = Number(score.RmseValues[0]),
        ["r2"] = Number(score.DeterminationFraction),
        ["coverage"] = Number(score.CoverageFraction),
        ["width"] = Number(score.WidthFraction),
        ["outOfRange"] = Number(score.OutOfRangeFraction),
    };

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
