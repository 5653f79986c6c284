namespace AiBms.Safety.Protection;

/// <summary>The states of the protection.</summary>
public enum ProtectionState : byte
{
    /// <summary>Contactors open, ready to close when asked.</summary>
    Off,

    /// <summary>Checking for welds and charging the link through the resistor.</summary>
    Precharge,

    /// <summary>Contactors closed, nothing restricted beyond the tables.</summary>
    Closed,

    /// <summary>Contactors closed, at least one limit past its operating level or a sensor lost.</summary>
    Derated,

    /// <summary>Opened, or opening, for protection. Closes again when the cause is gone and closing is asked for afresh.</summary>
    Open,

    /// <summary>Opened, or opening, for a fault that only an authorised service ends.</summary>
    LatchedFault,
}
