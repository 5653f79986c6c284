using ScottPlot;

namespace AiBms.Learning.Plots;

/// <summary>A panel of lines in the house's style.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Horizontal">Below it, with its unit.</param>
/// <param name="Vertical">Beside it, with its unit.</param>
/// <param name="Lines">What is drawn.</param>
/// <param name="Legend">Where there is room for the legend.</param>
public sealed record PlotPanel(string Title, string Horizontal, string Vertical, IReadOnlyList<PlotLine> Lines, LegendPlace Legend = LegendPlace.LowerLeft)
{
    /// <summary>Writes panels below each other as one PNG.</summary>
    public static void Save(string path, params IReadOnlyList<PlotPanel> panels) => HouseStyle.Save(path, [.. panels.Select(p => p.Draw())]);

    Plot Draw()
    {
        var plot = HouseStyle.Panel(Title, Horizontal, Vertical);
        foreach (var line in Lines)
        {
            var drawn = plot.Add.Scatter(line.HorizontalValues, line.VerticalValues, HouseStyle.Series[line.Colour % HouseStyle.Series.Count]);
            drawn.LegendText = line.Name;
            drawn.LineWidth = line.IsMarkers ? 0 : 3;
            drawn.MarkerSize = line.IsMarkers ? 11 : 0;
            drawn.MarkerShape = HouseStyle.Markers[line.Colour % HouseStyle.Markers.Count];
            if (line.IsDashed) drawn.LinePattern = LinePattern.Dashed;
        }

        // One line is named by its axis.
        if (Lines.Count == 1) plot.HideLegend();
        else if (Legend == LegendPlace.Below) plot.ShowLegend(Edge.Bottom);
        else plot.ShowLegend(Legend switch
        {
            LegendPlace.UpperLeft => Alignment.UpperLeft,
            LegendPlace.UpperRight => Alignment.UpperRight,
            LegendPlace.LowerRight => Alignment.LowerRight,
            LegendPlace.Middle => Alignment.MiddleCenter,
            _ => Alignment.LowerLeft,
        });
        plot.Axes.Margins(0.02, 0.08);
        return plot;
    }
}
