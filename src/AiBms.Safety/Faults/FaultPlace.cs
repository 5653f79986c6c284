namespace AiBms.Safety.Faults;

/// <summary>What the number in a fault's place counts.</summary>
public enum FaultPlace : byte
{
    /// <summary>The whole pack: the number has no meaning.</summary>
    Pack,

    /// <summary>A cell in series order, 0 at the negative end.</summary>
    Cell,

    /// <summary>A temperature probe, from 0.</summary>
    Probe,
}
