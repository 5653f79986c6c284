using System.Globalization;
using AiBms.Learning.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace AiBms.Learning.Physics;

/// <summary>Pictures of the physics board.</summary>
static class PhysicsPlots
{
    /// <summary>Largest error against time, both logarithmic; ours filled and joined, the peer's open.</summary>
    public static void WorkPrecision(string title, IReadOnlyList<WorkPoint> points, string path)
    {
        var plot = HouseStyle.Panel(title, "time, ms", "largest error for t > 1 s, mV");
        int colour = 0;
        foreach (string model in (string[])["SPM", "SPMe", "DFN"])
        {
            foreach (string solver in (string[])["AiBms", "PyBaMM"])
            {
                var series = points.Where(p => p.Model == model && p.Solver == solver).OrderBy(p => p.TimeMs).ToList();
                if (series.Count == 0) continue;
                var line = plot.Add.Scatter(series.Select(p => Math.Log10(p.TimeMs)).ToArray(), series.Select(p => Math.Log10(p.MaxMV)).ToArray(), HouseStyle.Series[colour]);
                line.LegendText = $"{model}, {solver}";
                line.MarkerSize = 12;
                line.MarkerShape = solver == "AiBms" ? MarkerShape.FilledCircle : MarkerShape.OpenSquare;
                line.LineWidth = solver == "AiBms" ? 3 : 0;
            }

            colour++;
        }

        Logarithmic(plot);
        plot.ShowLegend(Edge.Right);
        HouseStyle.Save(path, plot);
    }

    /// <summary>Time against size, both logarithmic, packs and mesh beside a line of slope 1.</summary>
    public static void Cost(IReadOnlyList<CostPoint> points, string path)
    {
        var plot = HouseStyle.Panel("What size costs (grey: linear)", "cells of a pack, or through an electrode", "time, ms");
        int colour = 0;
        foreach (var series in points.GroupBy(p => (p.Series, p.IsMesh)))
        {
            double[] size = [.. series.Select(p => Math.Log10(p.Size))], time = [.. series.Select(p => Math.Log10(p.TimeMs))];
            var linear = plot.Add.Line(size[0], time[0], size[^1], time[0] + size[^1] - size[0]);
            (linear.Color, linear.LineWidth) = (Colors.LightGray, 2);
            var line = plot.Add.Scatter(size, time, HouseStyle.Series[colour++]);
            line.LegendText = series.Key.IsMesh ? $"{series.Key.Series}, mesh" : $"{series.Key.Series}, pack";
            line.MarkerSize = 12;
        }

        Logarithmic(plot);
        plot.ShowLegend(Edge.Right);
        HouseStyle.Save(path, plot);
    }

    static void Logarithmic(Plot plot)
    {
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
            axis.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = v => Math.Pow(10, v).ToString("0.###", CultureInfo.InvariantCulture) };
    }
}
