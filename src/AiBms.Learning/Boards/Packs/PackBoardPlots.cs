using AiBms.Learning.Plots;
using ScottPlot;

namespace AiBms.Learning.Boards.Packs;

/// <summary>The pictures of the pack board, one for each part that has lines.</summary>
public static class PackBoardPlots
{
    /// <summary>Writes them into a folder.</summary>
    public static void Save(IReadOnlyList<BoardPart> parts, string folder)
    {
        foreach (var part in parts.Where(part => part.Lines.Count > 0))
        {
            var panel = HouseStyle.Panel(part.Title, part.Axes.Horizontal, part.Axes.Vertical);
            for (int k = 0; k < part.Lines.Count; k++)
            {
                var line = part.Lines[k];
                bool[] finite = [.. line.VerticalValues.Select(double.IsFinite)];
                double[] xs = [.. line.HorizontalValues.Where((_, n) => finite[n])], ys = [.. line.VerticalValues.Where((_, n) => finite[n])];
                var drawn = panel.Add.Scatter(xs, ys, HouseStyle.Series[k % HouseStyle.Series.Count]);
                (drawn.LegendText, drawn.LineWidth, drawn.MarkerSize, drawn.MarkerShape) = (line.Legend, line.PointsOnly ? 0 : 2, line.PointsOnly || line.VerticalValues.Length < 20 ? 9 : 0, HouseStyle.Markers[k % HouseStyle.Markers.Count]);
            }

            panel.ShowLegend(Alignment.LowerRight);
            HouseStyle.Save(Path.Combine(folder, part.Id + ".png"), panel);
        }
    }
}
