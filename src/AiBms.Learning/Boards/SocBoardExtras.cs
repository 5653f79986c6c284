using System.Globalization;
using System.Text;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;

namespace AiBms.Learning.Boards;

/// <summary>Tables of the SOC page for the methods that are held to the aims: coverage by level, spread over seeds, the literature.</summary>
static class SocBoardExtras
{
    /// <summary>Published on LG HG2 from full at rest, in points: ambient, MAE, RMSE.</summary>
    static readonly (string Group, double Mae, double Rmse)[] s_published = [("-10", 0.69, 1.00), ("0", 0.64, 1.00), ("10", 0.88, 1.48), ("25", 0.71, 1.24)];

    /// <summary>Coverage and width of the interval by level of true SOC.</summary>
    public static void WriteCoverageByLevel(StringBuilder page, SetResult result, ulong seed)
    {
        page.Append("### The 90 % interval by level of true SOC\n\nCoverage in % with its 90 % confidence interval by block bootstrap, and the mean width in points.\n\n");
        MarkdownTable table = new(["ambient °C", "method", .. Enumerable.Range(0, SocBands.Count).Select(SocBands.Name)]);
        foreach (string group in result.Groups)
        {
            foreach (string rung in result.HeldToAims)
            {
                var runs = result.RunsOf(rung, group, BoardCondition.Headline.Name).ToArray();
                table.Add([group, rung, .. Enumerable.Range(0, SocBands.Count).Select(band => Level(runs, band, SeededStream.For(seed, $"levels/{result.Dataset.Id}/{group}/{rung}/{band}")))]);
            }
        }

        table.Write(page);
    }

    static string Level(IReadOnlyList<CutScore>[] runs, int band, SeededStream stream)
    {
        var sums = runs.SelectMany(run => run).SelectMany(run => run.Blocks).Where(block => block.Band == band).Aggregate(default(BlockSums), (a, b) => a + b);
        if (sums.Rows == 0) return "not reached";
        var limits = BlockBootstrap.Of(runs, stream, draws: 400, band);
        return $"{Figures.Percent((double)sums.Covered / sums.Rows)} [{Figures.Percent(limits.CoverageLowFraction)}, {Figures.Percent(limits.CoverageHighFraction)}], {Figures.Points(sums.WidthSoc / sums.Rows)}";
    }

    /// <summary>RMSE of the shipped model and of the same trained with other seeds.</summary>
    public static void WriteSeeds(StringBuilder page, SetResult result)
    {
        if (result.Seeds.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"### The shipped model trained with other seeds\n\nRMSE of `{SocNetworks.Best}` from 5 min on; the shipped model is the first of the seeds.\n\n");
        MarkdownTable table = new("ambient °C", "seeds", "shipped", "mean", "standard deviation", "lowest", "highest", "coverage % of each");
        foreach (string group in result.Groups)
        {
            var seeds = result.SeedSummaries(group);
            double[] rmse = [.. seeds.Select(score => score.RmseSoc)];
            double mean = rmse.Average(), deviation = Math.Sqrt(rmse.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, rmse.Length - 1));
            table.Add(group, Figures.Count(rmse.Length), Figures.Points(rmse[0]), Figures.Points(mean), Figures.Points(deviation), Figures.Points(rmse.Min()), Figures.Points(rmse.Max()),
                string.Join(", ", seeds.Select(score => Figures.Percent(score.CoverageFraction))));
        }

        table.Write(page);
    }

    /// <summary>Where another method has the lower RMSE than the shipped one, for this cell.</summary>
    public static void WriteLower(StringBuilder page, SetResult result)
    {
        if (!result.Rungs.Contains(SocNetworks.Best, StringComparer.Ordinal)) return;
        var rows = result.Groups.SelectMany(group => result.Rungs.Select(rung => (Group: group, Rung: rung, Rmse: result.Summary(rung, group, BoardCondition.Headline.Name)?.RmseSoc ?? double.NaN)));
        page.Append(Lower(rows)).Append("\n\n");
    }

    /// <summary>The same in a sentence.</summary>
    internal static string Lower(IEnumerable<(string Group, string Rung, double Rmse)> rows)
    {
        var better = rows.GroupBy(row => row.Group, StringComparer.Ordinal).Select(group => (group.Key, Shipped: group.FirstOrDefault(row => row.Rung == SocNetworks.Best).Rmse, Least: group.Where(row => double.IsFinite(row.Rmse)).MinBy(row => row.Rmse)))
            .Where(entry => entry.Least.Rung != SocNetworks.Best && entry.Least.Rmse < entry.Shipped).Select(entry => $"{entry.Key} °C ({entry.Least.Rung} {Figures.Points(entry.Least.Rmse)} against {Figures.Points(entry.Shipped)})".Replace("Trise °C", "rising chamber", StringComparison.Ordinal)).ToArray();
        return $"`{SocNetworks.Best}` ships because it was best on the choosing recordings of both cells together, not because of this table. "
            + (better.Length == 0 ? "Nothing here is below it." : $"The lowest here is another at {string.Join(", ", better)}.");
    }

    /// <summary>Time to train and time of a step.</summary>
    public static void WriteTimes(StringBuilder page, SetResult result)
    {
        if (result.StepS.Count == 0) return;
        page.Append("### Time\n\nProcessor time to train, where the training wrote it down (`models/times.csv`); a method that is made of another's network is charged with it. Time of one step on one core while this page was made, whatever else ran then, "
            + "the least of five turns; bench/ has timings on a quiet machine.\n\n");
        MarkdownTable table = new("method", "to train, min", "a step, µs", $"a step over one of {SocEstimators.Default}");
        foreach (string rung in result.Rungs.Where(result.StepS.ContainsKey))
            table.Add(rung, !SocRung.IsModel(rung) ? "–" : result.TrainingS.TryGetValue(rung, out double trainingS) ? (trainingS / 60).ToString("0.0", CultureInfo.InvariantCulture) : "not written down",
                (1e6 * result.StepS[rung]).ToString("0.00", CultureInfo.InvariantCulture), result.StepS.TryGetValue(SocEstimators.Default, out double filterS) ? (result.StepS[rung] / filterS).ToString("0.0", CultureInfo.InvariantCulture) : "–");
        table.Write(page);
    }

    /// <summary>Full-at-rest starts beside what was published on them.</summary>
    public static void WriteLiterature(StringBuilder page, SetResult result)
    {
        if (result.Dataset.Id != LgHg2.Id || result.Summary(result.Rungs[0], null, BoardCondition.FileStart.Name) is null) return;
        page.Append("### For comparison with the literature only: full at rest\n\nMAE / RMSE in points from 5 min on, started at the recording's own start, start unknown. `ConvLSTM` is what the author of the founding project published (a test file took part in its early stopping, other cycles were tested). "
            + "These starts prove nothing: the first voltage read off the OCV curve, then counting (`ocv-count`), is right to a few hundredths of a point here, because every run starts full and the label is the same count.\n\n");
        string[] rungs = [.. ((string[])["ocv-count", .. result.HeldToAims]).Where(rung => result.Rungs.Contains(rung, StringComparer.Ordinal))];
        MarkdownTable table = new(["ambient °C", "ConvLSTM", .. rungs]);
        foreach (var (group, mae, rmse) in s_published.Where(row => result.Groups.Contains(row.Group, StringComparer.Ordinal)))
            table.Add([group, string.Create(CultureInfo.InvariantCulture, $"{mae:0.00} / {rmse:0.00}"), .. rungs.Select(rung => result.Summary(rung, group, BoardCondition.FileStart.Name) is { } score ? $"{Figures.Points(score.MaeSoc)} / {Figures.Points(score.RmseSoc)}" : "–")]);
        table.Write(page);
    }
}
