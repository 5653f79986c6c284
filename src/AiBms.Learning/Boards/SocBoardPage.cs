using System.Globalization;
using System.Text;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Boards;

/// <summary>Writes what the SOC board found as one Markdown page.</summary>
public static class SocBoardPage
{
    /// <summary>The page.</summary>
    /// <param name="results">One result for each set.</param>
    /// <param name="stamp">What was run, when and on what.</param>
    /// <param name="notes">Sentences on missed aims by <see cref="Verdict.Key"/>.</param>
    public static string Write(IReadOnlyList<SetResult> results, BoardStamp stamp, IReadOnlyDictionary<string, string> notes)
    {
        StringBuilder page = new();
        page.Append("# State of charge: the board\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Made by `{stamp.Command}` on {stamp.Date:yyyy-MM-dd}, seed {stamp.Seed}. Every column is explained in [docs/reference/board.md](../../docs/reference/board.md). Errors are in percentage points of SOC.\n\n");
        if (stamp.Quick) page.Append("**A quick run with few cuts: a look, not a result.**\n\n");
        page.Append(BoardNotes.NotBlindParagraph(notes));
        foreach (var result in results) WriteSet(page, result, stamp, notes);
        return page.ToString();
    }

    /// <summary>Confidence limits of the headline's interval statistics.</summary>
    internal static BlockBootstrap.Limits Bootstrap(SetResult result, string group, string rung, ulong seed) =>
        BlockBootstrap.Of(result.RunsOf(rung, group, BoardCondition.Headline.Name), SeededStream.For(seed, $"bootstrap/{result.Dataset.Id}/{group}/{rung}"));

    static void WriteSet(StringBuilder page, SetResult result, BoardStamp stamp, IReadOnlyDictionary<string, string> notes)
    {
        var set = result.Dataset;
        page.Append(CultureInfo.InvariantCulture, $"## {set.Title}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Source: {set.Source}. Recordings tested: {result.Files.Select(file => file.File.RelativePath).Distinct(StringComparer.Ordinal).Count()}. Data hash (SHA-256): `{result.DataHash}`.\n\n{set.LabelNote}\n\n");
        if (result.FittedOn.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $"**Not a test for methods that use the circuit:** the cell was identified on {string.Join(", ", result.FittedOn)}.\n\n");
        WriteVerdicts(page, result, stamp.Seed, notes);
        WriteFigures(page, result, stamp);
        WriteHeadline(page, result);
        SocBoardExtras.WriteLower(page, result);
        WriteIntervals(page, result, stamp.Seed);
        SocBoardExtras.WriteCoverageByLevel(page, result, stamp.Seed);
        SocBoardExtras.WriteSeeds(page, result);
        WriteUnseen(page, result);
        SocBoardExtras.WriteTimes(page, result);
        WriteCycles(page, result);
        WriteWrongStarts(page, result);
        WriteConditions(page, result, "Six sensor faults", "RMSE from 5 min on under each fault, from the cut on.", BoardCondition.SixFaults, withMean: true);
        WriteConditions(page, result, "Other sensor troubles", "RMSE from 5 min on.", BoardCondition.OtherFaults, withMean: false);
        WriteConditions(page, result, "Easier starts, never the headline", "RMSE from 5 min on, unknown start at the end of a rest, and at the recording's own start (full after a rest).", [BoardCondition.AfterRest, BoardCondition.FileStart], withMean: false);
        SocBoardExtras.WriteLiterature(page, result);
        if (set.CapacityIsUncertain)
            WriteConditions(page, result, "If the label's capacity were wrong", "RMSE from 5 min on with the label made with 5 % less and more capacity.", [BoardCondition.Headline, .. BoardCondition.Capacities], withMean: false);
        WriteLevels(page, result);
    }

    static void WriteVerdicts(StringBuilder page, SetResult result, ulong seed, IReadOnlyDictionary<string, string> notes)
    {
        foreach (string rung in result.HeldToAims)
        {
            MarkdownTable table = new("aim", "wanted", "measured", "verdict", "why missed");
            foreach (var verdict in Verdict.Of(result, rung, seed))
                table.Add(verdict.Key, Wanted(verdict.Aim), Said(verdict), verdict.Word, verdict.Hit ? "" : Why(verdict, notes));
            page.Append(CultureInfo.InvariantCulture, $"### Aims, `{rung}`\n\n");
            table.Write(page);
        }
    }

    // A coverage of which the value alone is right says what is wrong with it; all else is for people to explain.
    static string Why(Verdict verdict, IReadOnlyDictionary<string, string> notes) =>
        notes.TryGetValue(verdict.Key, out string? told) ? told
        : verdict is { IsWithin: true, IsHonest: false } ? $"the value is right, but its bootstrap interval lies {(verdict.MeasuredFraction > Aim.HonestFraction ? "above 90 %: the band is a little wide" : "below 90 %: the band is a little narrow")}"
        : verdict.IsMeasured ? "not yet explained" : "";

    static string Wanted(Aim aim) =>
        aim.IsRatio ? string.Create(CultureInfo.InvariantCulture, $"≤ {aim.HighSoc:0.0}")
        : !aim.IsShare ? $"≤ {Figures.Points(aim.HighSoc)}"
        : aim.HighSoc < 1 ? $"{Figures.Percent(aim.LowSoc)}–{Figures.Percent(aim.HighSoc)} %, its interval holds {Figures.Percent(Aim.HonestFraction)}" : $"≥ {Figures.Percent(aim.LowSoc)} % of runs";

    static string Said(Verdict verdict) =>
        !verdict.IsMeasured ? "–" : Said(verdict.Aim, verdict.MeasuredFraction) + (verdict.Limits is { } limits ? $" [{Figures.Tenths(limits.LowFraction)}, {Figures.Tenths(limits.HighFraction)}]" : "") + (verdict.OutsideFraction > 0 ? $" ({Figures.Percent(verdict.OutsideFraction)} % answered by the filter)" : "");

    static string Said(Aim aim, double measured) =>
        aim.IsRatio ? measured.ToString("0.00", CultureInfo.InvariantCulture) : aim.IsShare ? $"{Figures.Tenths(measured)} %" : Figures.Points(measured);

    static void WriteFigures(StringBuilder page, SetResult result, BoardStamp stamp)
    {
        foreach (var (name, text) in stamp.Plots.Where(plot => plot.Set == result.Dataset.Id).Select(plot => (plot.File, plot.Text)))
            page.Append(CultureInfo.InvariantCulture, $"![{text}]({name})\n\n");
    }

    static void WriteHeadline(StringBuilder page, SetResult result)
    {
        page.Append("### Cut in the middle of driving, start unknown\n\nFrom 5 min after the cut on, unless the column says otherwise.\n\n");
        MarkdownTable table = new("ambient °C", "method", "cuts", "RMSE", "MAE", "P99", "P99 of a cut", "max", "first 5 min", "under 3 points: median", "95th percentile", "filter answers %", "label ±");
        ForEach(result, (group, rung) =>
        {
            if (result.Summary(rung, group, BoardCondition.Headline.Name) is not { } score) return;
            table.Add(group, rung, Figures.Count(score.Runs), Figures.Points(score.RmseSoc), Figures.Points(score.MaeSoc), Figures.Points(score.PooledPercentile99Soc), Figures.Points(score.Percentile99Soc), Figures.Points(score.WorstSoc),
                Figures.Points(score.EarlyRmseSoc), Figures.Time(score.ConvergedMedianS), Figures.Time(score.ConvergedPercentile95S), Outside(rung, score), Figures.Points(score.LabelSoc));
        });
        table.Write(page);
    }

    static void WriteIntervals(StringBuilder page, SetResult result, ulong seed)
    {
        page.Append("### The 90 % interval\n\nIn brackets the 90 % confidence interval by block bootstrap.\n\n");
        MarkdownTable table = new("ambient °C", "method", "coverage %", "mean width", "width / RMSE", "Winkler score");
        ForEach(result, (group, rung) =>
        {
            if (result.Summary(rung, group, BoardCondition.Headline.Name) is not { } score || double.IsNaN(score.CoverageFraction)) return;
            var limits = Bootstrap(result, group, rung, seed);
            table.Add(group, rung,
                $"{Figures.Percent(score.CoverageFraction)} [{Figures.Percent(limits.CoverageLowFraction)}, {Figures.Percent(limits.CoverageHighFraction)}]",
                $"{Figures.Points(score.WidthSoc)} [{Figures.Points(limits.WidthLowSoc)}, {Figures.Points(limits.WidthHighSoc)}]",
                (score.WidthSoc / score.RmseSoc).ToString("0.0", CultureInfo.InvariantCulture),
                $"{Figures.Points(score.WinklerSoc)} [{Figures.Points(limits.WinklerLowSoc)}, {Figures.Points(limits.WinklerHighSoc)}]");
        });
        table.Write(page);
    }

    static void WriteUnseen(StringBuilder page, SetResult result)
    {
        if (result.Unseen.Count == 0) return;
        page.Append("### An ambient that was never seen (split \"model B\")\n\nThe method's cell was identified, and a learned method trained, chosen and calibrated, without any drive recording at the ambient it is tested at; the OCV is from the slow test at 25 °C.\n\n");
        MarkdownTable table = new("ambient °C", "method", "cuts", "RMSE", "RMSE when seen", "unseen / seen", "P99", "max", "coverage %", "filter answers %");
        ForEach(result, (group, rung) =>
        {
            if (result.UnseenSummary(rung, group) is not { } unseen || result.Summary(rung, group, BoardCondition.Headline.Name) is not { } seen) return;
            table.Add(group, rung, Figures.Count(unseen.Runs), Figures.Points(unseen.RmseSoc), Figures.Points(seen.RmseSoc), (unseen.RmseSoc / seen.RmseSoc).ToString("0.0", CultureInfo.InvariantCulture),
                Figures.Points(unseen.PooledPercentile99Soc), Figures.Points(unseen.WorstSoc), Figures.Percent(unseen.CoverageFraction), Outside(rung, unseen));
        });
        table.Write(page);
    }

    // Only a learned method hands over to the filter.
    static string Outside(string rung, ScoreSummary score) => SocRung.IsModel(rung) ? Figures.Percent(score.OutsideFraction) : "–";

    static void WriteCycles(StringBuilder page, SetResult result)
    {
        page.Append("### Each recording\n\nCapacity is what SOC refers to, in label and estimator.\n\n");
        MarkdownTable table = new("recording", "ambient °C", "capacity Ah", "ends at SOC %", "method", "cuts", "RMSE", "MAE", "P99", "max");
        foreach (var scores in result.Files)
        {
            if (scores.Runs[BoardCondition.Headline.Name] is not { Count: > 0 } runs) continue;
            var score = ScoreSummary.Of(runs);
            table.Add(scores.File.Cycle, scores.File.Group, scores.ReferenceAh.ToString("0.000", CultureInfo.InvariantCulture), Figures.Percent(scores.LowestSoc), scores.Rung,
                Figures.Count(score.Runs), Figures.Points(score.RmseSoc), Figures.Points(score.MaeSoc), Figures.Points(score.PooledPercentile99Soc), Figures.Points(score.WorstSoc));
        }

        table.Write(page);
    }

    static void WriteWrongStarts(StringBuilder page, SetResult result)
    {
        page.Append("### Told a wrong start\n\nTold a SOC that is 30 or 70 points off in each direction where that is possible, with a claimed deviation of 2 points. Time until the error stays under 3 points.\n\n");
        MarkdownTable table = new("ambient °C", "method", "off by", "runs", "RMSE", "median time", "95th percentile");
        ForEach(result, (group, rung) =>
        {
            foreach (var condition in BoardCondition.WrongStarts)
                if (result.Summary(rung, group, condition.Name) is { } score)
                    table.Add(group, rung, Figures.Percent(condition.WrongBySoc), Figures.Count(score.Runs), Figures.Points(score.RmseSoc), Figures.Time(score.ConvergedMedianS), Figures.Time(score.ConvergedPercentile95S));
        });
        table.Write(page);
    }

    static void WriteConditions(StringBuilder page, SetResult result, string title, string text, IReadOnlyList<BoardCondition> conditions, bool withMean)
    {
        if (conditions.All(condition => result.Summary(result.Rungs[0], null, condition.Name) is null)) return;
        page.Append(CultureInfo.InvariantCulture, $"### {title}\n\n{text}\n\n");
        MarkdownTable table = new(["ambient °C", "method", .. conditions.Select(condition => condition.Name), .. withMean ? (string[])["mean", "worst"] : []]);
        ForEach(result, (group, rung) =>
        {
            double?[] rmses = [.. conditions.Select(condition => result.Summary(rung, group, condition.Name)?.RmseSoc)];
            double[] known = [.. rmses.OfType<double>()];
            if (known.Length > 0)
                table.Add([group, rung, .. rmses.Select(Figures.Points), .. withMean ? (string[])[Figures.Points(known.Average()), Figures.Points(known.Max())] : []]);
        });
        table.Write(page);
    }

    static void WriteLevels(StringBuilder page, SetResult result)
    {
        page.Append("### By level of true SOC\n\nRMSE over all rows from 5 min on in each band of true SOC, in %.\n\n");
        MarkdownTable table = new(["ambient °C", "method", .. Enumerable.Range(0, SocBands.Count).Select(SocBands.Name)]);
        ForEach(result, (group, rung) =>
        {
            if (result.Summary(rung, group, BoardCondition.Headline.Name) is { Runs: > 0 } score)
                table.Add([group, rung, .. score.Bands.RmseSoc.Select(rmse => rmse is null ? "not reached" : Figures.Points(rmse))]);
        });
        table.Write(page);
    }

    static void ForEach(SetResult result, Action<string, string> row)
    {
        foreach (string group in result.Groups)
            foreach (string rung in result.Rungs) row(group, rung);
    }
}
