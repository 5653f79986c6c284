namespace AiBms.Agent.Replay;

/// <summary>What makes a cell's voltage differ from that of the middle cell.</summary>
public enum CellFindingKind : byte
{
    /// <summary>It does not differ by more than cells do.</summary>
    InLine,

    /// <summary>It holds less charge: the difference follows the slope of the OCV, not the current. Balancing brings it back.</summary>
    ChargeDeficit,

    /// <summary>It can hold less: the difference grows as the pack empties.</summary>
    LowCapacity,

    /// <summary>The difference follows the current.</summary>
    HighResistance,

    /// <summary>The difference is the same at every state of charge: a tap or its electronics, not a cell.</summary>
    Measurement,
}
