using AiBms.Learning.Plots;
using ScottPlot;

namespace AiBms.Learning.Boards.Health;

/// <summary>Pictures of a health board: estimate against truth for the held learner, and error by learner.</summary>
public static class HealthBoardPlots
{
    const int MostPoints = 400;

    /// <summary>Writes the pictures of one protocol.</summary>
    public static IReadOnlyList<BoardPlot> Save(HealthResult result, string output)
    {
        string file = $"{result.Protocol.Id}.png";
        HouseStyle.Save(Path.Combine(output, file), Truth(result), Errors(result));
        return [new(result.Protocol.Id, file, $"Estimate against truth, and MAPE by learner: {result.Protocol.Title}")];
    }

    static Plot Truth(HealthResult result)
    {
        var held = result.HeldSeeds.First();
        var panel = HouseStyle.Panel($"{result.Protocol.Title}:\n{result.Protocol.Held}", $"True {result.Protocol.Set.Target}", $"Estimated {result.Protocol.Set.Target}");
        double low = double.MaxValue, high = double.MinValue;
        string[] groups = result.Groups.Count < 12 ? [.. result.Groups] : ["all"];
        for (int g = 0; g < groups.Length; g++)
        {
            var points = held.Cells.Where(cell => groups.Length == 1 || cell.Group == groups[g]).SelectMany(cell => cell.TruthValues.Zip(cell.EstimateValues)).ToArray();
            int step = Math.Max(1, points.Length / MostPoints);
            points = [.. points.Where((_, k) => k % step == 0)];
            var marks = panel.Add.ScatterPoints(points.Select(p => p.First).ToArray(), points.Select(p => p.Second).ToArray(), HouseStyle.Series[g % HouseStyle.Series.Count].WithAlpha(0.7));
            (marks.MarkerSize, marks.MarkerShape, marks.LegendText) = (7, HouseStyle.Markers[g % HouseStyle.Markers.Count], groups[g]);
            (low, high) = (Math.Min(low, points.Min(p => p.First)), Math.Max(high, points.Max(p => p.First)));
        }

        var line = panel.Add.Line(low, low, high, high);
        (line.LineColor, line.LineWidth) = (HouseStyle.Reference, 2);
        panel.ShowLegend(Alignment.LowerRight);
        return panel;
    }

    static Plot Errors(HealthResult result)
    {
        var panel = HouseStyle.Panel("Error by learner, 90 % limits over cells", "MAPE / %", "");
        HealthScores[] all = [.. result.FirstSeed.Where(scores => scores.Learner != HealthBoard.Persistence).Reverse()];
        for (int k = 0; k < all.Length; k++)
        {
            var score = HealthSummary.Of(all[k].Cells, 1);
            var color = all[k].Learner == result.Protocol.Held ? HouseStyle.Series[1] : HouseStyle.Series[0];
            var line = panel.Add.Line(100 * score.MapeFractionLow, k, 100 * score.MapeFractionHigh, k);
            (line.LineColor, line.LineWidth) = (color, 3);
            panel.Add.Marker(100 * score.MapeFraction, k, MarkerShape.FilledCircle, 15, color);
            var text = panel.Add.Text(all[k].Learner, 100 * score.MapeFractionHigh, k);
            (text.LabelFontSize, text.OffsetX, text.LabelAlignment, text.LabelFontName) = (20, 14, Alignment.MiddleLeft, panel.Axes.Bottom.Label.FontName);
        }

        panel.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        double most = 100 * all.Max(scores => HealthSummary.Of(scores.Cells, 1).MapeFractionHigh);
        panel.Axes.SetLimits(0, 1.5 * most, -0.6, all.Length - 0.4);
        return panel;
    }
}
