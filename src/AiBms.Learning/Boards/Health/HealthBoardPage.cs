using System.Globalization;
using System.Text;

namespace AiBms.Learning.Boards.Health;

/// <summary>A health board as one Markdown page.</summary>
public static class HealthBoardPage
{
    /// <summary>The page.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="results">What was found.</param>
    /// <param name="stamp">What was run.</param>
    /// <param name="notes">Sentences on missed aims by name.</param>
    public static string Write(string title, IReadOnlyList<HealthResult> results, BoardStamp stamp, IReadOnlyDictionary<string, string> notes)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {title}: the board\n\nMade by `{stamp.Command}` on {stamp.Date:yyyy-MM-dd}. Every column is explained in [docs/reference/health-boards.md](../../docs/reference/health-boards.md). MAPE in %; in brackets 90 % limits by drawing whole cells with replacement.\n\n");
        page.Append(BoardNotes.NotBlindParagraph(notes));
        WriteAims(page, results, notes);
        foreach (var result in results) WriteProtocol(page, result, stamp);
        return page.ToString();
    }

    static void WriteAims(StringBuilder page, IReadOnlyList<HealthResult> results, IReadOnlyDictionary<string, string> notes)
    {
        MarkdownTable table = new("aim", "wanted", "measured", "verdict", "why missed");
        foreach (var (result, aim) in from result in results from aim in result.Protocol.Aims select (result, aim))
        {
            double measured = result.Measure(aim);
            bool hit = measured <= aim.LimitValues[0];
            table.Add(aim.Name, $"≤ {Figure(aim.Figure, aim.LimitValues[0])}", Figure(aim.Figure, measured), hit ? "hit" : "**missed**", hit ? "" : notes.GetValueOrDefault(aim.Name, "not yet explained"));
        }

        page.Append("## Aims\n\n");
        table.Write(page);
    }

    static void WriteProtocol(StringBuilder page, HealthResult result, BoardStamp stamp)
    {
        var protocol = result.Protocol;
        page.Append(CultureInfo.InvariantCulture, $"## {protocol.Title}\n\n{protocol.Note}\n\nTarget: {protocol.Set.Target}. Source: {protocol.Set.Source}. Data hash (SHA-256): `{protocol.Set.DataHash}`.\n\n");
        foreach (string line in protocol.Published) page.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        if (protocol.Published.Count > 0) page.Append('\n');
        foreach (var plot in stamp.Plots.Where(plot => plot.Set == protocol.Id)) page.Append(CultureInfo.InvariantCulture, $"![{plot.Text}]({plot.File})\n\n");
        bool isGrouped = result.Groups.Count is > 1 and < 12;
        MarkdownTable table = new(["learner", "MAPE %", .. isGrouped ? result.Groups.Select(group => $"{group} %") : [], .. isGrouped ? (string[])["mean of groups %"] : [], "RMSE", "R²", "worst cell", "its MAPE %", "skill over the mean", "out of range %", "time to learn", "µs a row"]);
        double mean = HealthSummary.Of(result.Scores[0].Cells, 1).RmseValues[0];
        foreach (var scores in result.FirstSeed)
        {
            var score = HealthSummary.Of(scores.Cells, 1);
            table.Add([scores.Learner == protocol.Ships ? $"{scores.Learner} (**ships**)" : scores.Learner, Limits(score),
                .. isGrouped ? result.Groups.Select(group => Figures.Points(HealthSummary.Of([.. scores.Cells.Where(cell => cell.Group == group)], 1).MapeFraction)) : [],
                .. isGrouped ? (string[])[Figures.Points(HealthResult.MeanMape(scores.Cells))] : [],
                $"{Value(score.RmseValues[0])} [{Value(score.RmseValues[1])}, {Value(score.RmseValues[2])}]", score.DeterminationFraction.ToString("0.000", CultureInfo.InvariantCulture), score.WorstCell, Figures.Points(score.WorstMapeFraction),
                (1 - score.RmseValues[0] / mean).ToString("0.00", CultureInfo.InvariantCulture), Figures.Percent(score.OutOfRangeFraction), scores.LearningS.ToString("0.0 's'", CultureInfo.InvariantCulture), (1e6 * scores.RowS).ToString("0.0", CultureInfo.InvariantCulture)]);
        }

        table.Write(page);
        WriteHeld(page, result);
    }

    static void WriteHeld(StringBuilder page, HealthResult result)
    {
        HealthScores[] seeds = [.. result.HeldSeeds];
        page.Append(CultureInfo.InvariantCulture, $"`{result.Protocol.Held}` {Spread(seeds)}{(result.Protocol.Ships is { } ships ? $" `infer` runs a model of `{ships}`, a row of its own above." : "")} By group, with its 90 % interval:\n\n");
        MarkdownTable table = new("group", "cells", "MAPE %", "RMSE", "R²", "coverage %", "mean width %", "Winkler score %", "worst cell", "its MAPE %");
        string?[] groups = [null, .. result.Groups.Count is > 1 and < 12 ? result.Groups : []];
        HealthSummary[] scores = [.. groups.Select(group => HealthSummary.Of([.. seeds[0].Cells.Where(cell => group is null || cell.Group == group)], 1))];
        foreach (var (group, score) in groups.Zip(scores))
        {
            table.Add(group ?? "all", Figures.Count(score.Cells), Limits(score), Value(score.RmseValues[0]), score.DeterminationFraction.ToString("0.000", CultureInfo.InvariantCulture), Figures.Percent(score.CoverageFraction),
                Figures.Points(score.WidthFraction), Figures.Points(score.WinklerScore), score.WorstCell, Figures.Points(score.WorstMapeFraction));
        }

        table.Write(page);
        if (scores.Any(score => score.Cells < HealthSummary.FewCells))
            page.Append(CultureInfo.InvariantCulture, $"Brackets of groups with fewer than {HealthSummary.FewCells} cells say little: redraws of so few are the same cells again.\n\n");
    }

    // A spread over seeds only where a seed changes anything.
    static string Spread(HealthScores[] seeds)
    {
        double[] mapes = [.. seeds.Select(scores => HealthSummary.Of(scores.Cells, 1).MapeFraction)], rmses = [.. seeds.Select(scores => HealthSummary.Of(scores.Cells, 1).RmseValues[0])];
        bool isSame = seeds.All(scores => scores.Cells.SelectMany(cell => cell.EstimateValues).SequenceEqual(seeds[0].Cells.SelectMany(cell => cell.EstimateValues)));
        return seeds.Length == 1 ? $"with one seed: MAPE {Figures.Points(mapes[0])} %, RMSE {Value(rmses[0])}."
            : isSame ? $"draws nothing: {seeds.Length} seeds give the same estimates to the last bit, MAPE {Figures.Points(mapes[0])} %, RMSE {Value(rmses[0])}, so a spread over seeds has no meaning."
            : $"over {seeds.Length} seeds: MAPE {Figures.Points(mapes.Min())} to {Figures.Points(mapes.Max())} %, RMSE {Value(rmses.Min())} to {Value(rmses.Max())}.";
    }

    static string Limits(HealthSummary score) => $"{Figures.Points(score.MapeFraction)} [{Figures.Points(score.MapeFractionLow)}, {Figures.Points(score.MapeFractionHigh)}]";

    static string Figure(HealthFigure figure, double value) => figure == HealthFigure.Rmse ? Value(value) : $"{Figures.Points(value)} %";

    // Cycles to one decimal, capacities to four.
    static string Value(double value) => value.ToString(value >= 10 ? "0.0" : "0.0000", CultureInfo.InvariantCulture);
}
