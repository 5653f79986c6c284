namespace AiBms.Learning.Evaluation;

/// <summary>How one run from one cut went.</summary>
public sealed record CutScore
{
    /// <summary>Where it started.</summary>
    public required Cut Cut { get; init; }

    /// <summary>Rows from five minutes on with a label.</summary>
    public required int LateRows { get; init; }

    /// <summary>Of those, rows without an estimate.</summary>
    public required int SilentRows { get; init; }

    /// <summary>Mean squared error from five minutes on, 0…1; NaN without any estimate.</summary>
    public required double MeanSquareSoc { get; init; }

    /// <summary>Mean absolute error from five minutes on, 0…1.</summary>
    public required double MeanAbsoluteSoc { get; init; }

    /// <summary>99th percentile of the absolute error from five minutes on, 0…1.</summary>
    public required double Percentile99Soc { get; init; }

    /// <summary>Absolute errors from five minutes on, counted; empty where they were not asked for.</summary>
    public ErrorCounts Errors { get; init; } = ErrorCounts.Empty;

    /// <summary>Of the late rows, those that were answered with out_of_range: by the filter, where a network does not hold.</summary>
    public int OutsideRows { get; init; }

    /// <summary>Mean over the late rows with an estimate of the squared aim at the measured temperature, 0…1; NaN where there is none.</summary>
    public double AimMeanSquareSoc { get; init; } = double.NaN;

    /// <summary>Largest absolute error from five minutes on, 0…1.</summary>
    public required double WorstSoc { get; init; }

    /// <summary>Mean squared error of the first five minutes, 0…1.</summary>
    public required double EarlyMeanSquareSoc { get; init; }

    /// <summary>Time from the cut until the error stays below the limit, s; infinite when it never does.</summary>
    public required double ConvergedAfterS { get; init; }

    /// <summary>Mean uncertainty of the label over the late rows, 0…1.</summary>
    public required double LabelSoc { get; init; }

    /// <summary>Late rows and their summed squared error in each band of true SOC, see <see cref="SocBands"/>.</summary>
    public required SocBands Bands { get; init; }

    /// <summary>Sums over the late rows by stretches of time, in order.</summary>
    public required IReadOnlyList<BlockSums> Blocks { get; init; }
}
