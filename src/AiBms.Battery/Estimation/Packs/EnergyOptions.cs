namespace AiBms.Battery.Estimation.Packs;

/// <summary>How energy is stated.</summary>
public sealed record EnergyOptions
{
    /// <summary>How often it is worked out, s.</summary>
    public double EveryS { get; init; } = 60;

    /// <summary>Recent use is what happened over about this long, s.</summary>
    public double RecentS { get; init; } = 600;

    /// <summary>The load taken where nothing was used lately, as a fraction of the 1C current.</summary>
    public double UsualCRate { get; init; } = 0.2;

    /// <summary>Relative error of the recent use as a forecast, one standard deviation.</summary>
    public double LoadFractionDeviation { get; init; } = 0.3;

    /// <summary>Relative error of the cell's capacity where it was not measured, one standard deviation.</summary>
    public double CapacityFractionDeviation { get; init; } = 0.015;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public EnergyOptions Validated()
    {
        foreach (double value in (ReadOnlySpan<double>)[EveryS, RecentS, UsualCRate]) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfNegative(LoadFractionDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(CapacityFractionDeviation);
        return this;
    }
}
