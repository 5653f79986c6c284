namespace AiBms.Trials.Server.Faults;

/// <summary>What is wrong with a link.</summary>
enum LinkFault
{
    None,

    /// <summary>Nobody comes through, and whoever was is cut off.</summary>
    Cut,

    /// <summary>Connections stand, and nothing comes.</summary>
    HalfOpen,

    /// <summary>Every piece is late.</summary>
    Slow,

    /// <summary>Bytes come in small pieces, and connections end in the midst of a message.</summary>
    Torn,
}
