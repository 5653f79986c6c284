namespace AiBms.Agent.Ports.Can;

/// <summary>What of a reading is yes or no; 0 is no.</summary>
public enum CanFlag : byte
{
    /// <summary>The interlock loop is closed.</summary>
    InterlockClosed,

    /// <summary>A charger is connected.</summary>
    ChargerConnected,

    /// <summary>A crash has been seen.</summary>
    CrashDetected,

    /// <summary>The plus contactor is closed.</summary>
    PlusContact,

    /// <summary>The minus contactor is closed.</summary>
    MinusContact,

    /// <summary>The precharge relay is closed.</summary>
    PrechargeContact,

    /// <summary>Closed contactors are wanted: a key.</summary>
    OnWanted,
}
