namespace AiBms.Battery.Packs;

/// <summary>What an auxiliary contact says about its contactor.</summary>
public enum ContactState : byte
{
    /// <summary>Not fitted or not read.</summary>
    Unknown,

    /// <summary>Open.</summary>
    Open,

    /// <summary>Closed.</summary>
    Closed,
}
