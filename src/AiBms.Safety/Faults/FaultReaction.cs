namespace AiBms.Safety.Faults;

/// <summary>What the protection does while a fault is there, from the mildest to the hardest.</summary>
public enum FaultReaction : byte
{
    /// <summary>Reports only.</summary>
    None,

    /// <summary>Lowers the current.</summary>
    Derate,

    /// <summary>Forbids charging.</summary>
    ZeroCharge,

    /// <summary>Forbids charging and discharging, and closing.</summary>
    ZeroBoth,

    /// <summary>Opens the contactors, waiting for the fuse where the current is above what they can break.</summary>
    Open,

    /// <summary>Opens the contactors at once, whatever flows.</summary>
    OpenAtOnce,
}
