namespace AiBms.Battery.Estimation.Packs;

/// <summary>Whose voltage is off.</summary>
public enum OffSide : byte
{
    /// <summary>Nobody can say: the pack's voltage is not measured, or not well enough.</summary>
    Unknown,

    /// <summary>The cell's own.</summary>
    Cell,

    /// <summary>The tap's: it shows what is not there.</summary>
    Tap,
}
