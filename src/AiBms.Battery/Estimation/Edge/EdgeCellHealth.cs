namespace AiBms.Battery.Estimation.Edge;

/// <summary>Capacity and resistance of one cell over its life, as a microcontroller keeps them.</summary>
/// <param name="newAh">Capacity of a new cell, Ah.</param>
public sealed class EdgeCellHealth(float newAh)
{
    /// <summary>Capacity, Ah; says nothing while <see cref="WindowCount"/> is 0.</summary>
    public float CapacityAh { get; internal set; } = newAh;

    /// <summary>Its variance, Ah².</summary>
    public float VarianceAh2 { get; internal set; } = newAh * newAh;

    /// <summary>Resistance over the cell type's, mean of the last ten hours under load.</summary>
    public float ResistanceRatio { get; internal set; } = 1;

    /// <summary>Windows taken for this cell.</summary>
    public int WindowCount { get; internal set; }

    internal EdgeAnchor From { get; set; }

    internal EdgeAnchor To { get; set; }

    internal bool HasBoth => From.Variance > 0 && To.Variance > 0;
}
