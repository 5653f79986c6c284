namespace AiBms.Battery.Thermal.Fluids;

/// <summary>Cross-section of a passage.</summary>
public enum DuctShape : byte
{
    /// <summary>Between two wide parallel plates, as between prismatic cells.</summary>
    Gap,

    /// <summary>Round, as in a cold plate.</summary>
    Tube,
}
