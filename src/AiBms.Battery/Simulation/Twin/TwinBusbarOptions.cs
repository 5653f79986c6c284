namespace AiBms.Battery.Simulation.Twin;

/// <summary>Heat in and from the busbar of one group; made-up values of the usual order, since layouts do not say.</summary>
public sealed record TwinBusbarOptions
{
    /// <summary>Heat capacity of one, J/K.</summary>
    public double HeatCapacityJPerK { get; init; } = 60;

    /// <summary>From one to the case of each cell it is fixed to, W/K.</summary>
    public double ToCaseWPerK { get; init; } = 0.4;

    /// <summary>Face of one in the fluid or air, m².</summary>
    public double AreaM2 { get; init; } = 0.006;
}
