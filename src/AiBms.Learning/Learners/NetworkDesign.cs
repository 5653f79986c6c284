namespace AiBms.Learning.Learners;

/// <summary>Size and pace of a dense network.</summary>
public sealed record NetworkDesign
{
    /// <summary>Units in each of two hidden layers.</summary>
    public int UnitCount { get; init; } = 32;

    /// <summary>Passes over the rows.</summary>
    public int PassCount { get; init; } = 40;

    /// <summary>Rows a step.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>Step of the optimiser at the start, a pure number.</summary>
    public double RateFactor { get; init; } = 3e-3;

    /// <summary>Pull of the weights towards zero, a pure number.</summary>
    public double DecayFactor { get; init; } = 1e-3;
}
