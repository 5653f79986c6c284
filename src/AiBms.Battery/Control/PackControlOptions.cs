namespace AiBms.Battery.Control;

/// <summary>Options of everything that controls a pack.</summary>
public sealed record PackControlOptions
{
    /// <summary>Balancing.</summary>
    public BalancingOptions Balancing { get; init; } = new();

    /// <summary>Pump, chiller, heater.</summary>
    public CoolingOptions Cooling { get; init; } = new();

    /// <summary>Charging.</summary>
    public ChargeOptions Charge { get; init; } = new();
}
