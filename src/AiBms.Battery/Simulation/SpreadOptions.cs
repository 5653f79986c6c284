namespace AiBms.Battery.Simulation;

/// <summary>How far a made cell is from its type: what an estimator that knows only the type does not know.</summary>
public sealed record SpreadOptions
{
    /// <summary>Standard deviation of the capacity, relative.</summary>
    public double CapacitySpreadFraction { get; init; } = 0.01;

    /// <summary>Standard deviation of all resistances together, relative.</summary>
    public double ResistanceSpreadFraction { get; init; } = 0.05;

    /// <summary>Standard deviation of a smooth bump in the OCV, V.</summary>
    public double OcvSpreadV { get; init; } = 0.002;

    /// <summary>Standard deviation of the state of charge at the start between cells of a pack.</summary>
    public double StartSpreadSoc { get; init; } = 0.01;

    /// <summary>Largest difference of the surroundings between the first and the last cell of a pack, °C: the middle is warmer.</summary>
    public double AmbientSpreadDegC { get; init; } = 3;
}
