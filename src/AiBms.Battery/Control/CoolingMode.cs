namespace AiBms.Battery.Control;

/// <summary>What cooling is for.</summary>
public enum CoolingMode : byte
{
    /// <summary>Between the two: the usual.</summary>
    Balanced,

    /// <summary>Cool cells before anything else: fast charging, track, heat.</summary>
    Performance,

    /// <summary>Little energy for pump and chiller; cells may be warmer.</summary>
    Eco,
}
