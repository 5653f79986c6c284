namespace AiBms.Battery.Electrochemistry;

/// <summary>A physics-based model.</summary>
public enum ModelKind
{
    /// <summary>Single particle model.</summary>
    Spm,

    /// <summary>Single particle model with electrolyte.</summary>
    Spme,

    /// <summary>Doyle–Fuller–Newman.</summary>
    Dfn,
}
