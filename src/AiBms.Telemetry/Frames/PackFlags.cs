namespace AiBms.Telemetry.Frames;

/// <summary>What is on. Bits are explicit and append-only.</summary>
[Flags]
public enum PackFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The plus contactor is told to be closed.</summary>
    PlusClosed = 1,

    /// <summary>The minus contactor is told to be closed.</summary>
    MinusClosed = 2,

    /// <summary>The precharge relay is told to be closed.</summary>
    PrechargeClosed = 4,

    /// <summary>The interlock loop is closed.</summary>
    Interlock = 8,

    /// <summary>A charger is connected.</summary>
    Charger = 16,

    /// <summary>Charging is wanted.</summary>
    ChargeWanted = 32,

    /// <summary>The pack is asked to be on line.</summary>
    OnWanted = 64,

    /// <summary>The clock of the agent is not known to be right.</summary>
    ClockUnsure = 128,

    /// <summary>The pack is a simulation.</summary>
    Simulated = 256,

    /// <summary>The record that is played has no more rows: this is its last frame.</summary>
    Ended = 512,
}
