namespace AiBms.Battery.Estimation.Packs;

/// <summary>When an estimate becomes a finding. Each threshold is set for well under one false alarm a pack and year.</summary>
public sealed record FindingOptions
{
    /// <summary>A leak counts when it is this many deviations from none.</summary>
    public double LeakDeviationScale { get; init; } = 2.2;

    /// <summary>And at least this large, as a fraction of the 1C current.</summary>
    public double LeastLeakCRate { get; init; } = 2.5e-4;

    /// <summary>A leak must stand this long, s.</summary>
    public double LeakHoldS { get; init; } = 3600;

    /// <summary>Growth of a cell's resistance over its own usual one, relative.</summary>
    public double ResistanceFraction { get; init; } = 0.2;

    /// <summary>And this many deviations.</summary>
    public double ResistanceDeviationScale { get; init; } = 5;

    /// <summary>A tap's residual, root of its mean square, in deviations.</summary>
    public double TapDeviationScale { get; init; } = 2;

    /// <summary>A tap's residual must stand this long, s: filters soon believe a new offset.</summary>
    public double TapHoldS { get; init; } = 60;

    /// <summary>A probe's residual, root of its mean square, in deviations.</summary>
    public double ProbeDeviationScale { get; init; } = 3;

    /// <summary>Two current sensors may differ by this, as a fraction of the 1C current, and by <see cref="CurrentFraction"/> of the current.</summary>
    public double CurrentCRate { get; init; } = 0.03;

    /// <summary>The part that goes with the current.</summary>
    public double CurrentFraction { get; init; } = 0.03;

    /// <summary>Cases above the coolant that enters, beyond what is usual for the heat that leaves them, K.</summary>
    public double CoolingK { get; init; } = 1;

    /// <summary>One case above the others, beyond what is usual, K.</summary>
    public double LocalCoolingK { get; init; } = 1.5;

    /// <summary>And so many deviations of what is usual.</summary>
    public double CoolingDeviationScale { get; init; } = 6;

    /// <summary>What is usual of cooling is learnt for so long before anything is said, s.</summary>
    public double CoolingLearnS { get; init; } = 2 * Units.SecondsPerHour;

    /// <summary>And follows over this, s: much longer than a night, in which cells make no heat.</summary>
    public double CoolingUsualS { get; init; } = 72 * Units.SecondsPerHour;

    /// <summary>Cooling must be wrong this long, s.</summary>
    public double CoolingHoldS { get; init; } = 300;

    /// <summary>A chiller that is told to run at full power must have cooled something after this, s.</summary>
    public double ChillerHoldS { get; init; } = 300;

    /// <summary>A cell's usual resistance follows over this, s.</summary>
    public double UsualS { get; init; } = 6 * Units.SecondsPerHour;

    /// <summary>And is only said to have grown after so long under load, s.</summary>
    public double UsualLearnS { get; init; } = 600;

    /// <summary>Resistance, probes' residuals and currents must stand this long, s.</summary>
    public double HoldS { get; init; } = 120;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public FindingOptions Validated()
    {
        ReadOnlySpan<double> positive =
        [
            LeakDeviationScale, LeastLeakCRate, LeakHoldS, ResistanceFraction, ResistanceDeviationScale, TapDeviationScale, TapHoldS, ProbeDeviationScale, CurrentCRate, CurrentFraction,
            CoolingK, LocalCoolingK, CoolingDeviationScale, CoolingLearnS, CoolingUsualS, CoolingHoldS, ChillerHoldS, UsualS, UsualLearnS, HoldS,
        ];
        foreach (double value in positive) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return this;
    }
}
