namespace AiBms.Battery.Packs;

/// <summary>Whether a signal of a reading may be used.</summary>
public enum SignalQuality : byte
{
    /// <summary>Measured now and believed.</summary>
    Good,

    /// <summary>Not measured, not delivered, or not a number.</summary>
    Missing,

    /// <summary>Outside what the sensor can show, or moved faster than physics allows.</summary>
    Implausible,

    /// <summary>Did not move while its neighbours did.</summary>
    Stuck,

    /// <summary>A cell whose tap carries balancing current.</summary>
    Bleeding,

    /// <summary>The last value, repeated.</summary>
    Old,
}
