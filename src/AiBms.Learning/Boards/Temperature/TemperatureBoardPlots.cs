using AiBms.Learning.Plots;
using ScottPlot;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>Pictures of the temperature board: skill by horizon for every learner, and forecasts against what came.</summary>
public static class TemperatureBoardPlots
{
    static readonly string[] s_shown = [TemperatureProtocols.PhysicsAlone, "physics and ridge", "physics and boosted trees", "physics and network", TemperatureProtocols.Held];

    /// <summary>Writes the picture of one set.</summary>
    public static BoardPlot Save(TemperatureResult result, string output)
    {
        string file = $"{result.Set}.png";
        HouseStyle.Save(Path.Combine(output, file), Skills(result, isKnown: true), Skills(result, isKnown: false), Changes(result));
        return new(result.Set, file, $"Skill by horizon with the load known and unknown, and forecasts against what came: {result.Set}");
    }

    static Plot Skills(TemperatureResult result, bool isKnown)
    {
        var panel = HouseStyle.Panel($"{result.Set}, load {(isKnown ? "known" : "unknown")}", "Ahead / s", "Skill over persistence");
        var tasks = result.Tasks.Where(entry => entry.Task.IsLoadKnown == isKnown).ToArray();
        for (int k = 0; k < s_shown.Length; k++)
        {
            double[] skills = [.. tasks.Select(entry => TemperatureScore.Of(TemperatureResult.Cells(entry.Result, s_shown[k])).SkillFraction)];
            var line = panel.Add.Scatter(tasks.Select((_, place) => (double)place).ToArray(), skills, HouseStyle.Series[k % HouseStyle.Series.Count]);
            (line.LegendText, line.LineWidth, line.MarkerSize, line.MarkerShape) = (s_shown[k], 3, 11, HouseStyle.Markers[k % HouseStyle.Markers.Count]);
        }

        panel.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(tasks.Select((_, place) => (double)place).ToArray(), tasks.Select(entry => Figures.Count(entry.Task.HorizonS)).ToArray());
        panel.Add.HorizontalLine(0, 2, HouseStyle.Reference);
        panel.Axes.SetLimits(-0.3, tasks.Length - 0.7, -0.3, 1);
        panel.ShowLegend(Alignment.LowerRight);
        return panel;
    }

    static Plot Changes(TemperatureResult result)
    {
        var (task, of) = result.Tasks.First(entry => entry.Task is { HorizonS: 300, IsLoadKnown: true });
        var panel = HouseStyle.Panel($"{task.HorizonS} s ahead, load known: {TemperatureProtocols.Held}", "What came / K", "Forecast / K");
        double low = 0, high = 0;
        string[] groups = [.. of.Groups];
        for (int g = 0; g < groups.Length; g++)
        {
            var points = TemperatureResult.Cells(of, TemperatureProtocols.Held).Where(cell => cell.Group == groups[g]).SelectMany(cell => cell.TruthValues.Zip(cell.EstimateValues)).ToArray();
            int every = Math.Max(1, points.Length / 300);
            points = [.. points.Where((_, k) => k % every == 0)];
            if (points.Length == 0) continue;
            var marks = panel.Add.ScatterPoints(points.Select(p => p.First).ToArray(), points.Select(p => p.Second).ToArray(), HouseStyle.Series[g % HouseStyle.Series.Count].WithAlpha(0.6));
            (marks.MarkerSize, marks.MarkerShape, marks.LegendText) = (7, HouseStyle.Markers[g % HouseStyle.Markers.Count], groups[g]);
            (low, high) = (Math.Min(low, points.Min(p => p.First)), Math.Max(high, points.Max(p => p.First)));
        }

        var line = panel.Add.Line(low, low, high, high);
        (line.LineColor, line.LineWidth) = (HouseStyle.Reference, 2);
        panel.ShowLegend(Alignment.LowerRight);
        return panel;
    }
}
