namespace AiBms.Battery.Estimation.Networks;

/// <summary>The 90 % interval of a model on rows: half width = Factor × Size(row), and × |estimate| where it is relative.</summary>
/// <remarks>
/// The factor is conformal over whole units (cells, recordings) that the model was not fitted on. Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman,
/// "Distribution-free predictive inference for regression", J. Am. Stat. Assoc. 113 (2018), section 5.2, doi 10.1080/01621459.2017.1307116.
/// </remarks>
public sealed record ModelInterval
{
    /// <summary>Multiplies the size.</summary>
    public required double Factor { get; init; }

    /// <summary>True where the width is a share of the estimate, false where it is of its unit.</summary>
    public required bool IsRelative { get; init; }

    /// <summary>How large the error is expected to be for a row; null for the same everywhere.</summary>
    public RegressionFile? Size { get; init; }

    /// <summary>Least and greatest size that is believed, pure numbers or of the estimate's unit; empty without a size.</summary>
    public double[] SizeLimits { get => field ?? []; init; }
}
