namespace AiBms.Battery.Simulation.Twin;

/// <summary>How cells of one pack differ from their type and from each other. Deviations, cut at three of them.</summary>
public sealed record TwinSpread
{
    /// <summary>Capacity, relative.</summary>
    public double CapacityFraction { get; init; } = 0.01;

    /// <summary>All resistances together, relative.</summary>
    public double ResistanceFraction { get; init; } = 0.03;

    /// <summary>State of charge at the start.</summary>
    public double StartSoc { get; init; } = 0.005;

    /// <summary>Self-discharge, relative.</summary>
    public double SelfDischargeFraction { get; init; } = 0.3;

    /// <summary>Speed of ageing, relative.</summary>
    public double AgeingFraction { get; init; } = 0.1;

    /// <summary>Heat transfer from the case, relative.</summary>
    public double FilmFraction { get; init; } = 0.05;

    /// <summary>Cells that are all alike.</summary>
    public static TwinSpread None { get; } = new()
    {
        CapacityFraction = 0,
        ResistanceFraction = 0,
        StartSoc = 0,
        SelfDischargeFraction = 0,
        AgeingFraction = 0,
        FilmFraction = 0,
    };
}
