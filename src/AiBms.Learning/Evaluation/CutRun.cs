using AiBms.Battery.Estimation;
using AiBms.Learning.Datasets;
using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Runs an estimator from a cut on and scores it against the unperturbed label.</summary>
public static class CutRun
{
    /// <summary>One run. The estimator is started afresh, sees only rows from the cut on, and time starts again at zero.</summary>
    /// <param name="labelled">What was measured and what was true.</param>
    /// <param name="cut">Where to start.</param>
    /// <param name="estimator">Started here; what it knew before is gone.</param>
    /// <param name="start">What it is told.</param>
    /// <param name="sensors">What stands between the measurement and the estimator.</param>
    /// <param name="options">How to score.</param>
    /// <param name="trace">Receives every row's estimate where given; at least as long as the rows from the cut on.</param>
    /// <param name="aimSoc">Aim for the RMSE at a temperature in °C, 0…1; null where none is asked for.</param>
    /// <param name="countsErrors">Whether each error is kept, for ranks over many runs.</param>
    public static CutScore Run(
        LabelledRecording labelled, Cut cut, ISocEstimator estimator, SocStart start, PerturbedSensors sensors, CutOptions options, Span<SocEstimate> trace = default, Func<double, double>? aimSoc = null, bool countsErrors = false)
    {
        var recording = labelled.Recording;
        double zeroS = recording.TimeS[cut.Row], lastWrongS = double.NegativeInfinity, lastS = 0;
        double earlySquare = 0, square = 0, absolute = 0, label = 0, aimSquare = 0;
        int early = 0, lateRows = 0, silent = 0, outside = 0;
        List<double> late = new(recording.RowCount - cut.Row);
        List<BlockSums> blocks = [];
        SocBands bands = new();

        estimator.Start(start);
        for (int k = cut.Row; k < recording.RowCount; k++)
        {
            double timeS = recording.TimeS[k] - zeroS, truth = labelled.Soc[k];
            var estimate = estimator.Step(sensors.Read(RecordingRows.Sample(recording, k) with { TimeS = timeS }));
            if (k - cut.Row < trace.Length) trace[k - cut.Row] = estimate;
            if (!double.IsFinite(truth) || !double.IsFinite(timeS)) continue;

            double error = Math.Abs(estimate.Soc - truth);
            lastS = timeS;
            if (!(error < options.ConvergedSoc)) lastWrongS = timeS;
            if (timeS < options.SettleS)
            {
                if (!double.IsNaN(error)) (early, earlySquare) = (early + 1, earlySquare + error * error);
                continue;
            }

            lateRows++;
            label += (1 - truth) * labelled.ReferenceFraction;
            if (double.IsNaN(error))
            {
                silent++;
                continue;
            }

            late.Add(error);
            if (estimate.Validity == SocValidity.OutOfRange) outside++;
            if (aimSoc?.Invoke(recording.TemperatureDegC[k]) is { } aim) aimSquare += aim * aim;
            bands.Add(truth, error);
            square += error * error;
            absolute += error;
            if (double.IsFinite(estimate.SocLow) && double.IsFinite(estimate.SocHigh))
                AddToBlock(blocks, (int)(recording.TimeS[k] / options.BlockS), estimate, truth);
        }

        late.Sort();
        int n = late.Count;
        return new()
        {
            Cut = cut,
            LateRows = lateRows,
            SilentRows = silent,
            MeanSquareSoc = n > 0 ? square / n : double.NaN,
            MeanAbsoluteSoc = n > 0 ? absolute / n : double.NaN,
            Percentile99Soc = Ranks.At(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(late), 0.99),
            Errors = countsErrors ? ErrorCounts.Of(late) : ErrorCounts.Empty,
            OutsideRows = outside,
            AimMeanSquareSoc = n > 0 && aimSoc is not null ? aimSquare / n : double.NaN,
            WorstSoc = n > 0 ? late[^1] : double.NaN,
            EarlyMeanSquareSoc = early > 0 ? earlySquare / early : double.NaN,
            ConvergedAfterS = lastWrongS >= lastS ? double.PositiveInfinity : Math.Max(0, NextAfter(recording.TimeS, cut.Row, lastWrongS)),
            LabelSoc = lateRows > 0 ? label / lateRows : double.NaN,
            Bands = bands,
            Blocks = blocks,
        };
    }

    static void AddToBlock(List<BlockSums> blocks, int block, in SocEstimate estimate, double truth)
    {
        bool covered = estimate.SocLow <= truth && truth <= estimate.SocHigh;
        BlockSums row = new(block, 1, covered ? 1 : 0, estimate.SocHigh - estimate.SocLow, Winkler.Score(estimate.SocLow, estimate.SocHigh, truth), SocBands.Of(truth));
        if (blocks.Count > 0 && blocks[^1].Block == block && blocks[^1].Band == row.Band) blocks[^1] += row;
        else blocks.Add(row);
    }

    // Converged is the first row after the last wrong one.
    static double NextAfter(double[] timeS, int cutRow, double afterS)
    {
        if (double.IsNegativeInfinity(afterS)) return 0;
        int low = cutRow, high = timeS.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (timeS[middle] - timeS[cutRow] > afterS) high = middle;
            else low = middle + 1;
        }

        return timeS[low] - timeS[cutRow];
    }
}
