using AiBms.Learning.Training;

namespace AiBms.Learning.Plots;

/// <summary>Loss curves: what is trained on against what stops training.</summary>
public static class LossFigure
{
    /// <summary>Writes a PNG; points without a finite score are left out.</summary>
    public static void Save(string path, string title, IReadOnlyList<TrainingPoint> points)
    {
        PlotLine Line(string name, int colour, Func<TrainingPoint, double> score)
        {
            TrainingPoint[] finite = [.. points.Where(point => double.IsFinite(score(point)))];
            return new(name, [.. finite.Select(point => (double)point.Step)], [.. finite.Select(score)], IsMarkers: false, IsDashed: false, colour);
        }

        PlotPanel.Save(path, new PlotPanel(title, "Step", "RMSE / points", [Line("training (single samples, sensor errors added)", 0, p => p.TrainScore), Line("choosing (from 5 min after a cut)", 1, p => p.ChooseScore)], LegendPlace.UpperRight));
    }
}
