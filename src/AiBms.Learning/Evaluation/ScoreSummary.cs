using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Statistics over the runs of one condition. Every cut weighs the same in errors; every row in interval statistics.</summary>
public sealed record ScoreSummary
{
    /// <summary>Runs that gave an estimate.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs without any estimate.</summary>
    public required int SilentRuns { get; init; }

    /// <summary>Root of the mean over cuts of each cut's mean squared error, from five minutes on, 0…1.</summary>
    public required double RmseSoc { get; init; }

    /// <summary>Mean over cuts of the mean absolute error, 0…1.</summary>
    public required double MaeSoc { get; init; }

    /// <summary>Mean over cuts of each cut's 99th percentile, 0…1.</summary>
    public required double Percentile99Soc { get; init; }

    /// <summary>99th percentile of the errors of all cuts together, every row weighing the same, 0…1; NaN where errors were not kept.</summary>
    public required double PooledPercentile99Soc { get; init; }

    /// <summary>Share of the late rows with an estimate that said out_of_range, 0…1: there the filter answers for a network.</summary>
    public required double OutsideFraction { get; init; }

    /// <summary>Aim for the RMSE by the temperatures measured, root of the mean square over the same rows, 0…1; NaN where none was asked for.</summary>
    public required double AimSoc { get; init; }

    /// <summary>Largest error of any cut, 0…1.</summary>
    public required double WorstSoc { get; init; }

    /// <summary>RMSE of the first five minutes, 0…1.</summary>
    public required double EarlyRmseSoc { get; init; }

    /// <summary>Median time to converge, s; infinite when half the runs or more never do.</summary>
    public required double ConvergedMedianS { get; init; }

    /// <summary>95th percentile of the time to converge, s; infinite when it is not reached.</summary>
    public required double ConvergedPercentile95S { get; init; }

    /// <summary>Share of rows whose 90 % interval held the truth, 0…1; NaN without intervals.</summary>
    public required double CoverageFraction { get; init; }

    /// <summary>Mean width of the 90 % interval, 0…1.</summary>
    public required double WidthSoc { get; init; }

    /// <summary>Mean Winkler score, 0…1 and above.</summary>
    public required double WinklerSoc { get; init; }

    /// <summary>Mean uncertainty of the label, 0…1.</summary>
    public required double LabelSoc { get; init; }

    /// <summary>Squared errors by band of true SOC, every row weighing the same.</summary>
    public required SocBands Bands { get; init; }

    /// <summary>Summary of runs; runs without estimates count in <see cref="SilentRuns"/> and as never converged.</summary>
    public static ScoreSummary Of(IReadOnlyCollection<CutScore> runs)
    {
        CutScore[] heard = [.. runs.Where(run => !double.IsNaN(run.MeanSquareSoc))];
        double[] converged = [.. runs.Select(run => run.ConvergedAfterS).Order()];
        var sums = heard.SelectMany(run => run.Blocks).Aggregate(default(BlockSums), (total, block) => total + block);
        return new()
        {
            Runs = heard.Length,
            SilentRuns = runs.Count - heard.Length,
            RmseSoc = Math.Sqrt(Mean(heard, run => run.MeanSquareSoc)),
            MaeSoc = Mean(heard, run => run.MeanAbsoluteSoc),
            Percentile99Soc = Mean(heard, run => run.Percentile99Soc),
            PooledPercentile99Soc = ErrorCounts.At(heard.Select(run => run.Errors), 0.99),
            OutsideFraction = heard.Sum(run => (double)run.OutsideRows) / heard.Sum(run => run.LateRows - run.SilentRows),
            AimSoc = Math.Sqrt(Mean(heard, run => run.AimMeanSquareSoc)),
            WorstSoc = heard.Length > 0 ? heard.Max(run => run.WorstSoc) : double.NaN,
            EarlyRmseSoc = Math.Sqrt(Mean([.. heard.Where(run => !double.IsNaN(run.EarlyMeanSquareSoc))], run => run.EarlyMeanSquareSoc)),
            ConvergedMedianS = Ranks.At(converged, 0.5),
            ConvergedPercentile95S = Ranks.At(converged, 0.95),
            CoverageFraction = (double)sums.Covered / sums.Rows,
            WidthSoc = sums.WidthSoc / sums.Rows,
            WinklerSoc = sums.WinklerSoc / sums.Rows,
            LabelSoc = Mean(heard, run => run.LabelSoc),
            Bands = SocBands.Sum(heard.Select(run => run.Bands)),
        };
    }

    static double Mean(CutScore[] runs, Func<CutScore, double> value) =>
        runs.Length > 0 ? runs.Average(value) : double.NaN;
}
