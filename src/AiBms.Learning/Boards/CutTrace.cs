using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>One headline run, kept row by row for a picture.</summary>
/// <param name="File">The recording.</param>
/// <param name="Cut">Where it started.</param>
/// <param name="Score">How it went.</param>
/// <param name="TimeS">Time since the cut of each row, s.</param>
/// <param name="TruthSoc">True SOC of each row, 0…1.</param>
/// <param name="Estimates">Estimate of each row.</param>
sealed record CutTrace(DatasetFile File, Cut Cut, CutScore Score, double[] TimeS, double[] TruthSoc, SocEstimate[] Estimates)
{
    /// <summary>Runs a cut of a labelled recording again and keeps what it gave.</summary>
    public static CutTrace Of(DatasetFile file, LabelledRecording labelled, Cut cut, SocRung rung, CellType cell, CutOptions options)
    {
        double[] allS = labelled.Recording.TimeS;
        var estimates = new SocEstimate[allS.Length - cut.Row];
        var score = CutRun.Run(labelled, cut, rung.Create(cell with { CapacityAh = labelled.ReferenceAh }), rung.UnknownStart, new(Perturbation.None, new(0)), options, estimates);
        return new(file, cut, score, [.. allS[cut.Row..].Select(timeS => timeS - allS[cut.Row])], labelled.Soc[cut.Row..], estimates);
    }
}
