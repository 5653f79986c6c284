using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Learning.Plots;

namespace AiBms.Cli.Commands;

/// <summary>The run of <c>evaluate</c> whose error is in the middle, as a picture.</summary>
static class EvaluationFigure
{
    public static void Save(string path, LabelledRecording labelled, CellType cell, EvaluationRow row, CutOptions options)
    {
        var rung = SocRung.All.Single(known => known.Name == row.Method);
        CutScore[] ranked = [.. row.Runs.OrderBy(run => run.MeanSquareSoc)];
        var typical = ranked[ranked.Length / 2];
        int from = typical.Cut.Row;
        double[] timeS = [.. labelled.Recording.TimeS[from..].Select(value => value - labelled.Recording.TimeS[from])];
        var estimates = new SocEstimate[timeS.Length];
        CutRun.Run(labelled, typical.Cut, rung.Create(cell with { CapacityAh = labelled.ReferenceAh }), rung.UnknownStart, new(Perturbation.None, new(0)), options, estimates);
        string title = string.Create(CultureInfo.InvariantCulture, $"{labelled.Recording.Name} from row {from}, {row.Method}: RMSE {100 * Math.Sqrt(typical.MeanSquareSoc):0.00} points");
        SocFigure.Save(path, title, timeS, estimates, labelled.Recording.TemperatureDegC.AsSpan(from), labelled.Soc.AsSpan(from));
    }
}
