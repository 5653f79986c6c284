using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Learning.Plots;
using ScottPlot;

namespace AiBms.Learning.Boards;

/// <summary>Draws what the SOC board found on one set.</summary>
/// <param name="result">What was found.</param>
/// <param name="options">What was run.</param>
public sealed class SocBoardPlots(SetResult result, SocBoardOptions options)
{
    readonly string _set = result.Dataset.Id;

    /// <summary>Writes the pictures into a folder.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="folder">The data folder; typical and worst cuts are run again from it.</param>
    /// <param name="cell">The cell of the set.</param>
    public IReadOnlyList<BoardPlot> Save(string output, string folder, CellType cell)
    {
        string shown = result.HeldToAims is [var first, ..] ? first : result.Rungs[^1];
        var rung = options.Rungs.Single(known => known.Name == shown);
        List<BoardPlot> plots = [];
        void Add(string name, string text, params IReadOnlyList<Plot> panels)
        {
            BoardPlot plot = new(_set, $"{_set}_{name}.png", text);
            HouseStyle.Save(Path.Combine(output, plot.File), panels);
            plots.Add(plot);
        }

        Add("rmse", "RMSE by ambient and method against the aim", Rmse());
        Add("coverage", $"Coverage of the 90 % interval by ambient, {shown}", Coverage(shown));
        var traces = Traces(folder, rung, cell);
        if (traces.Count == 0) return plots;
        Add("convergence", $"Error over time since the cut by ambient, {shown}", Convergence(traces, shown));
        CutTrace[] ranked = [.. traces.OrderBy(trace => trace.Score.MeanSquareSoc)];
        Add("cuts", $"SOC with its band against the reference for the typical and the worst cut, {shown}", Cut(ranked[ranked.Length / 2], "Typical cut"), Cut(ranked[^1], "Worst cut"));
        return plots;
    }

    Plot Rmse()
    {
        var panel = HouseStyle.Panel($"{result.Dataset.Title}: unknown start, from 5 min after the cut on", "Ambient / °C", "RMSE / points of SOC");
        // Trivial methods stand in the table only, and so does what repeats the filter's SOC with another band.
        string[] shown = [.. result.Rungs.Where(rung => rung != "ekf-band" && !options.Rungs.Any(known => known.Name == rung && known.IsBaseline))];
        for (int rung = 0; rung < shown.Length; rung++)
        {
            double shift = 0.75 / Math.Max(5, shown.Length) * (rung - (shown.Length - 1) / 2.0);
            var points = result.Groups.Select((group, k) => (X: k + shift, Soc: result.Summary(shown[rung], group, BoardCondition.Headline.Name)?.RmseSoc ?? double.NaN)).Where(point => point.Soc > 0).ToArray();
            var markers = panel.Add.ScatterPoints(points.Select(point => point.X).ToArray(), points.Select(point => Math.Log10(100 * point.Soc)).ToArray(), HouseStyle.Series[rung % HouseStyle.Series.Count]);
            markers.MarkerSize = 14;
            markers.MarkerShape = HouseStyle.Markers[rung % HouseStyle.Markers.Count];
            markers.MarkerStyle.LineWidth = 3;
            markers.LegendText = shown[rung];
        }

        bool named = false;
        for (int k = 0; k < result.Groups.Count; k++)
        {
            if (Aim.RmseOf(_set, result.Groups[k]) is not { } aim) continue;
            var line = panel.Add.Line(k - 0.4, Math.Log10(100 * aim), k + 0.4, Math.Log10(100 * aim));
            (line.LineColor, line.LineWidth) = (HouseStyle.Reference, 3);
            if (!named) line.LegendText = "aim";
            named = true;
        }

        double[] ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
        panel.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks.Select(Math.Log10)], [.. ticks.Select(tick => tick.ToString(CultureInfo.InvariantCulture))]);
        panel.Axes.SetLimitsY(Math.Log10(0.2), Math.Log10(30));
        HouseStyle.NameBottom(panel, result.Groups);
        panel.ShowLegend(Edge.Right); // beside the points: ten methods leave no room among them
        return panel;
    }

    Plot Coverage(string shown)
    {
        var panel = HouseStyle.Panel($"{result.Dataset.Title}: what the 90 % band of {shown} holds", "Ambient / °C", "Coverage / %");
        var wanted = panel.Add.VerticalSpan(85, 95);
        wanted.FillColor = HouseStyle.Series[2].WithAlpha(0.2);
        wanted.LineColor = Colors.Transparent;
        wanted.LegendText = "wanted: 85 to 95 %";
        for (int k = 0; k < result.Groups.Count; k++)
        {
            if (result.Summary(shown, result.Groups[k], BoardCondition.Headline.Name) is not { } score || double.IsNaN(score.CoverageFraction)) continue;
            var limits = SocBoardPage.Bootstrap(result, result.Groups[k], shown, options.Seed);
            var whisker = panel.Add.Line(k, 100 * limits.CoverageLowFraction, k, 100 * limits.CoverageHighFraction);
            (whisker.LineColor, whisker.LineWidth) = (HouseStyle.Series[0], 3);
            var marker = panel.Add.Marker(k, 100 * score.CoverageFraction, MarkerShape.FilledCircle, 17, HouseStyle.Series[0]);
            if (k == 0) marker.LegendText = "measured, with 90 % confidence interval";
        }

        HouseStyle.NameBottom(panel, result.Groups);
        panel.Axes.SetLimitsY(0, 104);
        panel.ShowLegend(Alignment.LowerRight);
        return panel;
    }

    Plot Convergence(List<CutTrace> traces, string shown)
    {
        // Every cut lasts at least half an hour: beyond it the median would jump as cuts end.
        const double LastS = 1800, StepS = 10;
        var panel = HouseStyle.Panel($"{result.Dataset.Title}: median error after a cut with unknown start, {shown}", "Time since the cut / min", "Absolute error / points of SOC");
        var limit = panel.Add.HorizontalLine(100 * options.Cuts.ConvergedSoc, 2, HouseStyle.Reference, LinePattern.Dashed);
        limit.LegendText = "3 points";
        double[] minutes = [.. Enumerable.Range(0, (int)(LastS / StepS) + 1).Select(k => k * StepS / 60)];
        for (int g = 0; g < result.Groups.Count; g++)
        {
            CutTrace[] group = [.. traces.Where(trace => trace.File.Group == result.Groups[g])];
            double[] median = [.. minutes.Select(minute => Median(group, 60 * minute))];
            Strips.Line(panel, minutes, median, HouseStyle.Series[g % HouseStyle.Series.Count], $"{result.Groups[g]}{(char.IsDigit(result.Groups[g][^1]) ? " °C" : "")}", width: 3);
        }

        panel.Axes.AutoScale();
        panel.Axes.SetLimitsX(0, LastS / 60);
        panel.Axes.SetLimitsY(0, Math.Min(50, Math.Max(6, panel.Axes.GetLimits().Top)));
        panel.ShowLegend(Alignment.UpperRight);
        return panel;
    }

    static Plot Cut(CutTrace trace, string what)
    {
        var (time, label) = SocFigure.TimeAxis(trace.TimeS);
        string ambient = char.IsDigit(trace.File.Group[^1]) ? $"{trace.File.Group} °C" : trace.File.Group;
        string title = string.Create(CultureInfo.InvariantCulture, $"{what}: {trace.File.Cycle} at {ambient}, RMSE {100 * Math.Sqrt(trace.Score.MeanSquareSoc):0.00} points");
        return SocFigure.SocPanel(title, label, time, trace.Estimates, trace.TruthSoc);
    }

    static double Median(CutTrace[] traces, double atS)
    {
        List<double> errors = [];
        foreach (var trace in traces)
        {
            int row = Array.BinarySearch(trace.TimeS, atS);
            if (row < 0) row = ~row;
            if (row < trace.TimeS.Length && Math.Abs(trace.Estimates[row].Soc - trace.TruthSoc[row]) is var error && double.IsFinite(error)) errors.Add(error);
        }

        errors.Sort();
        return errors.Count > 0 ? 100 * errors[errors.Count / 2] : double.NaN;
    }

    List<CutTrace> Traces(string folder, SocRung rung, CellType cell)
    {
        var traces = new CutTrace[result.Files.Count][];
        FileScores[] files = [.. result.Files.Where(scores => scores.Rung == rung.Name)];
        Parallel.For(0, files.Length, new() { MaxDegreeOfParallelism = options.Threads }, k =>
        {
            var labelled = result.Dataset.Load(folder, files[k].File);
            var runs = files[k].Runs[BoardCondition.Headline.Name];
            traces[k] = [.. runs.Select(run => CutTrace.Of(files[k].File, labelled, run.Cut, rung, cell, options.Cuts))];
        });
        return [.. traces.Where(list => list is not null).SelectMany(list => list).Where(trace => !double.IsNaN(trace.Score.MeanSquareSoc))];
    }
}
