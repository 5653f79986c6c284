namespace AiBms.Agent.Settings;

/// <summary>What a pack's readings come from.</summary>
public enum SourceKind
{
    /// <summary>A simulated pack in use.</summary>
    Simulator,

    /// <summary>A recorded file with a column for every cell.</summary>
    Recording,

    /// <summary>A CAN bus of this machine.</summary>
    Can,

    /// <summary>A recorded CAN bus: candump or BLF.</summary>
    CanLog,
}
