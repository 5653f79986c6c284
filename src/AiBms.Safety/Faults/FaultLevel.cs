namespace AiBms.Safety.Faults;

/// <summary>How bad a fault is.</summary>
public enum FaultLevel : byte
{
    /// <summary>Worth knowing; nothing is restricted beyond a taper.</summary>
    Info,

    /// <summary>Restricts the current or the next closing.</summary>
    Warning,

    /// <summary>Danger: opens the contactors, or forbids charging.</summary>
    Fatal,
}
