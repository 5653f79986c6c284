namespace AiBms.Learning.Evaluation;

/// <summary>Where recordings are cut and how estimates are scored.</summary>
public sealed record CutOptions
{
    /// <summary>Places in each recording; all eligible ones where there are fewer.</summary>
    public int DriveCuts { get; init; } = 20;

    /// <summary>Places after a rest in each recording, spread evenly over those there are.</summary>
    public int RestCuts { get; init; } = 5;

    /// <summary>True SOC at a cut lies above this, 0…1.</summary>
    public double LowestSoc { get; init; } = 0.20;

    /// <summary>True SOC at a cut lies below this, 0…1.</summary>
    public double HighestSoc { get; init; } = 0.95;

    /// <summary>Current magnitude at a drive cut exceeds this fraction of capacity per hour (C/10).</summary>
    public double DriveFraction { get; init; } = 0.1;

    /// <summary>More than this remains after a cut, s.</summary>
    public double RemainingS { get; init; } = 1800;

    /// <summary>A rest is at least this long, s, below <see cref="RestFraction"/> of capacity per hour.</summary>
    public double RestS { get; init; } = 600;

    /// <summary>Current magnitude of a rest, fraction of capacity per hour (C/50).</summary>
    public double RestFraction { get; init; } = 0.02;

    /// <summary>The headline scores rows from this time after the cut on, s.</summary>
    public double SettleS { get; init; } = 300;

    /// <summary>Converged means an error below this and staying there, 0…1.</summary>
    public double ConvergedSoc { get; init; } = 0.03;

    /// <summary>Bootstrap blocks are this long along a recording's own time, s.</summary>
    public double BlockS { get; init; } = 1200;

    /// <summary>Throws when the options contradict themselves.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(DriveCuts);
        ArgumentOutOfRangeException.ThrowIfNegative(RestCuts);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(LowestSoc, HighestSoc);
        ArgumentOutOfRangeException.ThrowIfNegative(SettleS);
        ArgumentOutOfRangeException.ThrowIfLessThan(RemainingS, SettleS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ConvergedSoc);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BlockS);
    }
}
