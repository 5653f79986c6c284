namespace AiBms.Safety.Signals;

/// <summary>Whether a signal may be believed, and if not, why. Only <see cref="Good"/> values are used; else the last good one is held.</summary>
public enum SignalQuality : byte
{
    /// <summary>Believed.</summary>
    Good,

    /// <summary>Never seen yet, not a number, or not delivered.</summary>
    Missing,

    /// <summary>Outside what the sensor can show.</summary>
    OutOfRange,

    /// <summary>Moved faster than physics allows, and not yet confirmed by the samples after it.</summary>
    Jumped,

    /// <summary>Did not move by one bit while its neighbours moved far.</summary>
    Stuck,

    /// <summary>A cell whose balancing resistor is on, or was until a moment ago: the tap wires carry current.</summary>
    Bleeding,
}
