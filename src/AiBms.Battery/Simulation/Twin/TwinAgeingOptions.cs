namespace AiBms.Battery.Simulation.Twin;

/// <summary>What time and use do to the cells of the twin.</summary>
/// <remarks>
/// Loss of capacity follows the square root of time at rest (growth of a film through itself) and goes with charge throughput in use;
/// both are quicker when warm (Arrhenius), at rest also when full. The form is that of Schmalstieg, Käbitz, Ecker and Sauer,
/// J. Power Sources 257 (2014) 325, doi 10.1016/j.jpowsour.2014.02.012; the numbers are of the usual order and of no one cell.
/// </remarks>
public sealed record TwinAgeingOptions
{
    /// <summary>Capacity lost in the first year of rest at 25 °C and half charge, fraction.</summary>
    public double FirstYearFraction { get; init; } = 0.03;

    /// <summary>How much faster rest ages a full cell than a half-full one, factor on the loss.</summary>
    public double FullFactor { get; init; } = 1.5;

    /// <summary>Capacity lost by a charge throughput of one full cycle at 25 °C, fraction.</summary>
    public double PerCycleFraction { get; init; } = 4e-5;

    /// <summary>Activation energy over the gas constant, K.</summary>
    public double ActivationK { get; init; } = 6000;

    /// <summary>Growth of all resistances for each capacity lost, factor: 2 adds 20 % when 10 % is lost.</summary>
    public double ResistanceFactor { get; init; } = 2;

    /// <summary>Charge lost by itself in a month at 25 °C, fraction of the capacity.</summary>
    public double SelfDischargePerMonthFraction { get; init; } = 0.02;

    /// <summary>No ageing and no self-discharge.</summary>
    public static TwinAgeingOptions None { get; } = new() { FirstYearFraction = 0, PerCycleFraction = 0, SelfDischargePerMonthFraction = 0 };
}
