namespace AiBms.Battery.Control;

/// <summary>How the cooling loop answers.</summary>
public sealed record CoolingOptions
{
    /// <summary>Gains of the pump on the hottest cell.</summary>
    public PidGains Pump { get; init; } = new(0.08, 0.0004, 1.5);

    /// <summary>Gains of the chiller on the coolant's inlet.</summary>
    public PidGains Chiller { get; init; } = new(0.06, 0.0006);

    /// <summary>Gains of the heater on the coldest cell.</summary>
    public PidGains Heater { get; init; } = new(0.15, 0.0005);

    /// <summary>Heat that a litre of coolant takes up for each kelvin, J/(L·K): about 1700 for dielectric esters, 3600 for water with glycol.</summary>
    public double FluidHeatJPerLK { get; init; } = 1700;

    /// <summary>The pump runs at least this fast while it runs, 0…1: a flow that the protection's limit on coolant flow takes for one.</summary>
    public double LeastDutyFraction { get; init; } = 0.4;

    /// <summary>The pump rests once the hottest cell is this far below the target, K, and starts again half way back.</summary>
    public double RestBelowK { get; init; } = 4;

    /// <summary>Where the pump can do no more, how fast the inlet is made colder: kelvin a second for each kelvin above the target.</summary>
    public double InletPerS { get; init; } = 0.003;

    /// <summary>And how much colder at most, K.</summary>
    public double MostColderK { get; init; } = 15;

    /// <summary>Largest change of an output, a second.</summary>
    public double FractionPerS { get; init; } = 0.1;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public CoolingOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FluidHeatJPerLK);
        ArgumentOutOfRangeException.ThrowIfNegative(LeastDutyFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastDutyFraction, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RestBelowK);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FractionPerS);
        return this;
    }
}
