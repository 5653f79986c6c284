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
    public double ResistanceFraction { get; init; } = 0.3;

    /// <summary>And this many deviations.</summary>
    public double ResistanceDeviationScale { get; init; } = 5;

    /// <summary>A tap's or a probe's residual, root of its mean square, in deviations.</summary>
    public double ResidualDeviationScale { get; init; } = 3;

    /// <summary>Two current sensors may differ by this, as a fraction of the 1C current, and by <see cref="CurrentFraction"/> of the current.</summary>
    public double CurrentCRate { get; init; } = 0.03;

    /// <summary>The part that goes with the current.</summary>
    public double CurrentFraction { get; init; } = 0.03;

    /// <summary>Surroundings of the cells above the coolant that enters, beyond what is usual, K.</summary>
    public double CoolingK { get; init; } = 4;

    /// <summary>Surroundings of one cell above those of the others, beyond what is usual, K.</summary>
    public double LocalCoolingK { get; init; } = 3;

    /// <summary>Cooling must be wrong this long, s.</summary>
    public double CoolingHoldS { get; init; } = 900;

    /// <summary>What is usual follows over this, s.</summary>
    public double UsualS { get; init; } = 6 * Units.SecondsPerHour;

    /// <summary>Resistance, residuals and currents must stand this long, s.</summary>
    public double HoldS { get; init; } = 120;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public FindingOptions Validated()
    {
        ReadOnlySpan<double> positive =
        [
            LeakDeviationScale, LeastLeakCRate, LeakHoldS, ResistanceFraction, ResistanceDeviationScale, ResidualDeviationScale, CurrentCRate, CurrentFraction,
            CoolingK, LocalCoolingK, CoolingHoldS, UsualS, HoldS,
        ];
        foreach (double value in positive) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return this;
    }
}
