namespace AiBms.Battery.Estimation.Packs;

/// <summary>What the small filters believe of how cells differ before they have seen anything.</summary>
public sealed record DifferenceOptions
{
    /// <summary>SOC of a cell about that of the mean cell, one standard deviation.</summary>
    public double StartSocDeviation { get; init; } = 0.1;

    /// <summary>Resistance about that of the mean cell, one standard deviation, relative.</summary>
    public double ResistanceFractionDeviation { get; init; } = 0.12;

    /// <summary>How far the resistance may wander in an hour, one standard deviation, relative.</summary>
    public double ResistanceWalkFractionDeviation { get; init; } = 0.03;

    /// <summary>Capacity about that of the mean cell, one standard deviation, relative.</summary>
    public double CapacityFractionDeviation { get; init; } = 0.03;

    /// <summary>Smallest deviation ever believed of a capacity: the OCV of two cells is never the same, relative.</summary>
    public double LeastCapacityFractionDeviation { get; init; } = 0.004;

    /// <summary>Leak about that of the mean cell, one standard deviation, as a fraction of the 1C current.</summary>
    public double LeakCRateDeviation { get; init; } = 3e-4;

    /// <summary>How far the leak may wander in an hour, one standard deviation, as a fraction of the 1C current.</summary>
    public double LeakWalkCRateDeviation { get; init; } = 5e-5;

    /// <summary>Difference of the OCV of two cells at the same SOC, with the offset of their taps, one standard deviation, V.</summary>
    public double OcvErrorV { get; init; } = 0.004;

    /// <summary>How far a cell's voltage at rest may wander in an hour for other reasons than charge, one standard deviation, V.</summary>
    public double ErrorWalkV { get; init; } = 0.00025;

    /// <summary>The part of the drop over the resistances that one factor for a cell does not explain, one standard deviation.</summary>
    public double DropErrorFraction { get; init; } = 0.1;

    /// <summary>Change of SOC over which the OCV's difference becomes another, 0…1.</summary>
    public double OcvErrorReachSoc { get; init; } = 0.3;

    /// <summary>Noise of a tap's voltage, one standard deviation, V.</summary>
    public double NoiseV { get; init; } = 0.0015;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public DifferenceOptions Validated()
    {
        ReadOnlySpan<double> positive =
        [
            StartSocDeviation, ResistanceFractionDeviation, CapacityFractionDeviation, LeastCapacityFractionDeviation, LeakCRateDeviation, OcvErrorV,
            DropErrorFraction, OcvErrorReachSoc, NoiseV,
        ];
        foreach (double value in positive) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfNegative(ResistanceWalkFractionDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(LeakWalkCRateDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(ErrorWalkV);
        return this;
    }
}
