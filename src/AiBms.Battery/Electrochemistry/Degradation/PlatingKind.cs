namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>What becomes of lithium that plates on the negative electrode.</summary>
public enum PlatingKind
{
    /// <summary>It is lost at once.</summary>
    Irreversible,

    /// <summary>All of it can be stripped again.</summary>
    Reversible,

    /// <summary>It can be stripped, but falls dead with time.</summary>
    PartiallyReversible,
}
