namespace AiBms.Battery.Packs;

/// <summary>How the heat gets out.</summary>
public enum CoolingKind : byte
{
    /// <summary>Air around the pack.</summary>
    Air,

    /// <summary>A plate with coolant in it under the cells.</summary>
    ColdPlate,

    /// <summary>Cells in a dielectric fluid that flows past them.</summary>
    Immersion,
}
