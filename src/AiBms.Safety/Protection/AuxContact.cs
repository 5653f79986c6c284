namespace AiBms.Safety.Protection;

/// <summary>What a contactor's auxiliary contact says.</summary>
public enum AuxContact : byte
{
    /// <summary>Not fitted or not read.</summary>
    Unknown,

    /// <summary>The contactor is open.</summary>
    Open,

    /// <summary>The contactor is closed.</summary>
    Closed,
}
