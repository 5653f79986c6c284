using System.Globalization;
using System.Text;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>The temperature board as one Markdown page.</summary>
public static class TemperatureBoardPage
{
    /// <summary>The page.</summary>
    /// <param name="results">One for each set.</param>
    /// <param name="stamp">What was run.</param>
    /// <param name="notes">Sentences on missed aims by name.</param>
    public static string Write(IReadOnlyList<TemperatureResult> results, BoardStamp stamp, IReadOnlyDictionary<string, string> notes)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# Temperature ahead: the board\n\nMade by `{stamp.Command}` on {stamp.Date:yyyy-MM-dd} with models that `./aibms train --model temp --rungs` made. Every column is explained in [docs/reference/temperature-board.md](../../docs/reference/temperature-board.md). Skill is 1 − RMSE / RMSE of persistence over windows in which the case moves by more than {TemperatureScore.TransientK} K; below 0 is worse than saying that nothing changes. In square brackets its 90 % limits by drawing whole recordings with replacement, or stretches of ten minutes where fewer than {SkillBootstrap.FewestRecordings} have such a window.\n\n");
        page.Append(BoardNotes.NotBlindParagraph(notes));
        WriteAims(page, results, notes);
        foreach (var result in results) WriteSet(page, result, stamp);
        return page.ToString();
    }

    static void WriteAims(StringBuilder page, IReadOnlyList<TemperatureResult> results, IReadOnlyDictionary<string, string> notes)
    {
        MarkdownTable table = new("aim", "wanted", "measured", "verdict", "where", "why missed");
        foreach (var aim in results.SelectMany(result => result.Aims()))
            table.Add(aim.Name, $"≥ {Hundredths(aim.WantedFraction)}", Skill(aim.ReachedFraction, aim.Limits), aim.Word, aim.Where, aim.IsHit || double.IsNaN(aim.ReachedFraction) ? "" : notes.GetValueOrDefault(aim.Name, notes.GetValueOrDefault(aim.Name.Split(' ')[0], "not yet explained")));
        page.Append(CultureInfo.InvariantCulture, $"## Aims, of `{TemperatureProtocols.Held}`\n\n");
        table.Write(page);
    }

    static void WriteSet(StringBuilder page, TemperatureResult result, BoardStamp stamp)
    {
        var set = result.Tasks[0].Result.Protocol.Set;
        page.Append(CultureInfo.InvariantCulture, $"## {result.Set}: {set.Title}\n\nSource: {set.Source}. Data hash (SHA-256): `{set.DataHash}`. Noise of the case sensor {result.NoiseK:0.000} K.\n\n");
        foreach (var plot in stamp.Plots.Where(plot => plot.Set == result.Set)) page.Append(CultureInfo.InvariantCulture, $"![{plot.Text}]({plot.File})\n\n");
        page.Append("Skill over all tested recordings; in brackets RMSE over transient windows, K:\n\n");
        MarkdownTable table = new(["learner", .. result.Tasks.Select(entry => Head(entry.Task)), "time to learn", "µs a row"]);
        foreach (string learner in result.Learners)
        {
            var all = result.Tasks.Select(entry => entry.Result.FirstSeed.First(scores => scores.Learner == learner)).ToArray();
            table.Add([learner, .. all.Select(scores => $"{Skill(scores.Cells)} ({Hundredths(TemperatureScore.Of(scores.Cells).TransientRmseK)})"),
                all.Sum(scores => scores.LearningS).ToString("0.0 's'", CultureInfo.InvariantCulture), (1e6 * all.Average(scores => scores.RowS)).ToString("0.0", CultureInfo.InvariantCulture)]);
        }

        table.Write(page);
        WriteHeld(page, result);
        WriteSeeds(page, result);
    }

    static void WriteHeld(StringBuilder page, TemperatureResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"`{TemperatureProtocols.Held}` by group: skill, and over all windows its 90 % interval as coverage / mean width K / Winkler score K:\n\n");
        MarkdownTable table = new(["group", .. result.Tasks.Select(entry => Head(entry.Task))]);
        foreach (string? group in (string?[])[.. result.Tasks[0].Result.Groups, null])
        {
            table.Add([group ?? "all", .. result.Tasks.Select(entry =>
            {
                var cells = TemperatureResult.Cells(entry.Result, TemperatureProtocols.Held).Where(cell => group is null || cell.Group == group).ToArray();
                var score = TemperatureScore.Of(cells);
                return string.Create(CultureInfo.InvariantCulture, $"{Skill(cells)}; {Figures.Percent(score.CoverageFraction)} % / {score.WidthK:0.00} / {score.WinklerK:0.00}");
            })]);
        }

        table.Write(page);
    }

    static void WriteSeeds(StringBuilder page, TemperatureResult result)
    {
        string[] spreads = [.. result.Tasks.Select(entry =>
        {
            double[] skills = [.. entry.Result.HeldSeeds.Select(scores => TemperatureScore.Of(scores.Cells).SkillFraction)];
            return $"{Head(entry.Task)} {Hundredths(skills.Min())} to {Hundredths(skills.Max())}";
        })];
        if (result.Tasks[0].Result.HeldSeeds.Count() > 1) page.Append(CultureInfo.InvariantCulture, $"Skill over {result.Tasks[0].Result.HeldSeeds.Count()} seeds: {string.Join(", ", spreads)}.\n\n");
    }

    static string Skill(IReadOnlyList<CellScore> cells) => Skill(TemperatureScore.Of(cells).SkillFraction, SkillBootstrap.Of(cells));

    static string Skill(double value, (double LowFraction, double HighFraction) limits) => double.IsFinite(value) ? $"{Hundredths(value)} [{Hundredths(limits.LowFraction)}, {Hundredths(limits.HighFraction)}]" : "–";

    static string Head(TemperatureTask task) => $"{task.HorizonS} s {(task.IsLoadKnown ? "known" : "unknown")}";

    static string Hundredths(double value) => double.IsFinite(value) ? value.ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
