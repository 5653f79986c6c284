namespace AiBms.Safety.Limits;

/// <summary>How far a quantity has gone. Open firmware calls the three MOL, RSL and MSL (foxBMS, "Monitored parameters").</summary>
public enum LimitLevel : byte
{
    /// <summary>Inside every limit.</summary>
    None,

    /// <summary>Past the operating limit: the current is derated.</summary>
    Operating,

    /// <summary>Past the recommended limit: the direction that makes it worse is held at its floor.</summary>
    Recommended,

    /// <summary>Past the safety limit: the contactors open.</summary>
    Safety,
}
