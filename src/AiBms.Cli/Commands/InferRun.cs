using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>Runs an estimator over a recording, row by row, using nothing of what comes later.</summary>
static class InferRun
{
    const int ReportEvery = 4096;

    /// <summary>What came out.</summary>
    /// <param name="Estimates">One for each row of the recording.</param>
    /// <param name="Rests">What rests taught, in order; empty for methods that learn nothing from rests.</param>
    public sealed record Result(SocEstimate[] Estimates, IReadOnlyList<RestCorrection> Rests);

    public static Result Run(InferInput input, ISocEstimator estimator, SocStart start, Talk talk)
    {
        var recording = input.Recording;
        var estimates = new SocEstimate[recording.RowCount];
        var rests = new List<RestCorrection>();
        RestCorrection? last = null;
        using var progress = talk.Progress("estimating", recording.RowCount);
        estimator.Start(start);
        for (int row = 0; row < estimates.Length; row++)
        {
            estimates[row] = estimator.Step(input.Sample(row));
            var taught = (estimator as EkfEstimator<double>)?.LastRest ?? (estimator as SocNetworkEstimator)?.LastRest;
            if (taught is { } rest && rest != last) rests.Add(rest);
            last = taught;
            if (row % ReportEvery == 0) progress.Report(row);
        }

        return new(estimates, rests);
    }
}
