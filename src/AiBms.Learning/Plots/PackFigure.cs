using ScottPlot;

namespace AiBms.Learning.Plots;

/// <summary>A simulated pack as a picture: cells over time as a heat map, temperature along the flow, currents within their limits.</summary>
public sealed record PackFigure
{
    /// <summary>What is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Time of each row, s.</summary>
    public required double[] TimeS { get; init; }

    /// <summary>Core temperature of the hottest cell of each group, °C, [row][group].</summary>
    public required IReadOnlyList<double[]> CoreDegC { get; init; }

    /// <summary>Core of each group when the cells differed most, °C.</summary>
    public required double[] SpreadCoreDegC { get; init; }

    /// <summary>Case of each group at that time, °C.</summary>
    public required double[] SpreadCaseDegC { get; init; }

    /// <summary>Fluid of each segment at that time, °C; empty in air.</summary>
    public required double[] SpreadFluidDegC { get; init; }

    /// <summary>That time, s.</summary>
    public required double SpreadS { get; init; }

    /// <summary>Current, A, positive while charging.</summary>
    public required double[] CurrentA { get; init; }

    /// <summary>Allowed charge current, A.</summary>
    public required double[] ChargeLimitA { get; init; }

    /// <summary>Allowed discharge current as a magnitude, A.</summary>
    public required double[] DischargeLimitA { get; init; }

    /// <summary>Writes a PNG of three stacked panels.</summary>
    public void Save(string path)
    {
        var (time, label) = SocFigure.TimeAxis(TimeS);
        HouseStyle.Save(path, HeatMap(time, label), AlongTheFlow(), Currents(time, label));
    }

    Plot HeatMap(double[] time, string label)
    {
        const int mostColumns = 600;
        int groups = CoreDegC[0].Length, columns = Math.Min(mostColumns, CoreDegC.Count);
        // Rows of the picture run from the top: the last group first, so that the first lies at the bottom.
        double[,] shown = new double[groups, columns];
        for (int x = 0; x < columns; x++)
        {
            double[] row = CoreDegC[(int)((long)x * (CoreDegC.Count - 1) / Math.Max(1, columns - 1))];
            for (int g = 0; g < groups; g++) shown[groups - 1 - g, x] = row[g];
        }

        var panel = HouseStyle.Panel($"{Title}: core temperature of each group / °C", label, "Group");
        var map = panel.Add.Heatmap(shown);
        map.Colormap = new ScottPlot.Colormaps.Inferno();
        map.Extent = new(time[0], Math.Max(time[^1], time[0] + 1e-9), 0.5, groups + 0.5);
        var bar = panel.Add.ColorBar(map);
        bar.Axis.TickLabelStyle.FontSize = 20;
        // Room for its numbers, which are larger than it reckons with.
        bar.MinimumSize = 130;
        panel.Axes.SetLimits(time[0], Math.Max(time[^1], time[0] + 1e-9), 0.5, groups + 0.5);
        return panel;
    }

    Plot AlongTheFlow()
    {
        var (spread, label) = SocFigure.TimeAxis([SpreadS]);
        string unit = label[(label.IndexOf('/', StringComparison.Ordinal) + 2)..];
        var panel = HouseStyle.Panel(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Along the pack when its cells differ most, after {spread[0]:0.#} {unit}"), "Group", "Temperature / °C");
        int groups = SpreadCoreDegC.Length;
        double[] group = [.. Enumerable.Range(1, groups).Select(g => (double)g)];
        Strips.Line(panel, group, SpreadCoreDegC, HouseStyle.Series[1], "core");
        Strips.Line(panel, group, SpreadCaseDegC, HouseStyle.Series[4], "case");
        if (SpreadFluidDegC.Length > 0)
        {
            double[] middle = [.. Enumerable.Range(0, SpreadFluidDegC.Length).Select(k => 0.5 + (k + 0.5) * groups / SpreadFluidDegC.Length)];
            var fluid = panel.Add.Scatter(middle, SpreadFluidDegC, HouseStyle.Series[0]);
            (fluid.LegendText, fluid.LineWidth, fluid.MarkerSize) = ("coolant", 2, 8);
        }

        // Room above the lines for the legend.
        double lowDegC = SpreadCaseDegC.Concat(SpreadFluidDegC).Min(), highDegC = SpreadCoreDegC.Max(), roomK = Math.Max(0.5, highDegC - lowDegC);
        panel.Axes.SetLimits(0.5, groups + 0.5, lowDegC - 0.1 * roomK, highDegC + 0.4 * roomK);
        panel.ShowLegend(Alignment.UpperRight);
        return panel;
    }

    Plot Currents(double[] time, string label)
    {
        var panel = HouseStyle.Panel("Current within its limits (positive: charging)", label, "Current / A");
        Strips.Line(panel, time, ChargeLimitA, HouseStyle.Series[2], "charge limit");
        Strips.Line(panel, time, [.. DischargeLimitA.Select(a => -a)], HouseStyle.Series[1], "discharge limit");
        Strips.Line(panel, time, CurrentA, HouseStyle.Reference, "current", 1);
        panel.Axes.SetLimitsX(time[0], Math.Max(time[^1], time[0] + 1e-9));
        panel.ShowLegend(Alignment.UpperRight);
        return panel;
    }
}
