namespace AiBms.Battery.Estimation.Packs;

/// <summary>What a thermal filter believes before it has seen anything.</summary>
public sealed record ThermalFilterOptions
{
    /// <summary>Surroundings about the first case temperature, one standard deviation, K.</summary>
    public double StartSurroundingsDeviationK { get; init; } = 2;

    /// <summary>Core about the case at the start, one standard deviation, K.</summary>
    public double StartCoreDeviationK { get; init; } = 2;

    /// <summary>How far the surroundings may wander in an hour, one standard deviation, K.</summary>
    public double SurroundingsWalkDeviationK { get; init; } = 2;

    /// <summary>The same where a coolant flows, whose pump and chiller move it.</summary>
    public double CooledWalkDeviationK { get; init; } = 6;

    /// <summary>Heat about what the circuit says, one standard deviation, relative.</summary>
    public double HeatFractionDeviation { get; init; } = 0.3;

    /// <summary>How far that may wander in an hour, one standard deviation, relative.</summary>
    public double HeatWalkFractionDeviation { get; init; } = 0.2;

    /// <summary>What the two temperatures do in an hour that no state explains, one standard deviation, K.</summary>
    public double TemperatureWalkDeviationK { get; init; } = 1;

    /// <summary>Noise of a probe on a case, one standard deviation, K.</summary>
    public double ProbeDeviationK { get; init; } = 0.15;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public ThermalFilterOptions Validated()
    {
        foreach (double value in (ReadOnlySpan<double>)[StartSurroundingsDeviationK, StartCoreDeviationK, HeatFractionDeviation, ProbeDeviationK])
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        foreach (double value in (ReadOnlySpan<double>)[SurroundingsWalkDeviationK, CooledWalkDeviationK, HeatWalkFractionDeviation, TemperatureWalkDeviationK])
            ArgumentOutOfRangeException.ThrowIfNegative(value);
        return this;
    }
}
