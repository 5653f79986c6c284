using AiBms.Learning.Training;

namespace AiBms.Learning.Plots;

/// <summary>Loss curves of one measure: recordings that are trained on against those that stop training.</summary>
public static class LossFigure
{
    /// <summary>Writes a PNG. Points where nothing chooses, as in the trainings for a band, are left out; networks trained one after the other get lines of their own.</summary>
    public static void Save(string path, string title, IReadOnlyList<TrainingPoint> points) =>
        PlotPanel.Save(path, new PlotPanel(title, "Step", "RMSE from 5 min after a cut / points", Lines(points), LegendPlace.UpperRight));

    /// <summary>Two lines for each network.</summary>
    internal static PlotLine[] Lines(IReadOnlyList<TrainingPoint> points)
    {
        List<List<TrainingPoint>> runs = [];
        foreach (var point in points.Where(point => double.IsFinite(point.ChooseScore)))
        {
            if (runs.Count == 0 || point.Step <= runs[^1][^1].Step) runs.Add([]);
            runs[^1].Add(point);
        }

        return [.. runs.SelectMany((run, k) =>
        {
            string network = runs.Count == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $", network {k + 1}");
            PlotLine Line(string name, int colour, Func<TrainingPoint, double> score) => new(name + network, [.. run.Select(point => (double)point.Step)], [.. run.Select(score)], IsMarkers: false, IsDashed: false, colour);
            return (PlotLine[])[Line("recordings trained on", 2 * k, point => point.TrainScore), Line("recordings chosen on", 2 * k + 1, point => point.ChooseScore)];
        })];
    }
}
