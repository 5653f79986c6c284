using System.Diagnostics;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Boards;

/// <summary>Time of one step of a rung, measured on a recording. It depends on what else the machine does.</summary>
public static class StepTimes
{
    const int MostRows = 4000, Turns = 5;

    /// <summary>Time of a step, s: the least of five turns over the first rows of a recording, after one that warms up.</summary>
    public static double Of(SocRung rung, CellType cell, LabelledRecording labelled)
    {
        var estimator = rung.Create(cell with { CapacityAh = labelled.ReferenceAh });
        int rows = Math.Min(MostRows, labelled.Recording.RowCount);
        double leastS = double.PositiveInfinity;
        for (int turn = 0; turn <= Turns; turn++)
        {
            estimator.Start(rung.UnknownStart);
            long start = Stopwatch.GetTimestamp();
            for (int k = 0; k < rows; k++) estimator.Step(RecordingRows.Sample(labelled.Recording, k));
            if (turn > 0) leastS = Math.Min(leastS, Stopwatch.GetElapsedTime(start).TotalSeconds / rows);
        }

        return leastS;
    }
}
