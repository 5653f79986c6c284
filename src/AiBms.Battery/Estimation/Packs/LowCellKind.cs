namespace AiBms.Battery.Estimation.Packs;

/// <summary>Why a cell stands out at the bottom of a pack. Wire values are explicit and append-only.</summary>
public enum LowCellKind : byte
{
    /// <summary>It does not stand out.</summary>
    None = 0,

    /// <summary>It holds less charge than the others: balancing brings it back.</summary>
    LowCharge = 1,

    /// <summary>It can hold less than the others: only a swap brings it back.</summary>
    LowCapacity = 2,

    /// <summary>Its voltage moves more with current than that of the others.</summary>
    HighResistance = 3,

    /// <summary>Its reading cannot be that of a cell.</summary>
    Sensor = 4,

    /// <summary>It loses charge inside: only a swap ends it.</summary>
    Leak = 5,

    /// <summary>Its voltage is far too low: a short inside, until its tap or a joint is known to be why.</summary>
    Dropped = 6,
}
