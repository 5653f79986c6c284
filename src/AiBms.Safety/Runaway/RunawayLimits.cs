namespace AiBms.Safety.Runaway;

/// <summary>The signs of thermal runaway. Two different ones within the hold time give the warning.</summary>
/// <remarks>
/// GB 38031-2025, appendix C, confirms a runaway by (voltage drop or temperature) and temperature rate; here gas and pressure count too,
/// and any two signs are enough, because a probe may sit far from the cell. The numbers are defaults to be set per pack.
/// </remarks>
public sealed record RunawayLimits
{
    /// <summary>Drop of a cell against the others and its own past, V.</summary>
    public float DropV { get; init; } = 0.2f;

    /// <summary>How long the past reaches back, s.</summary>
    public float DropMemoryS { get; init; } = 60;

    /// <summary>Smoothed temperature rate, K/s.</summary>
    public float RateKPerS { get; init; } = 0.5f;

    /// <summary>Time over which the rate is smoothed, s.</summary>
    public float RateSmoothingS { get; init; } = 5;

    /// <summary>How long a sign must last, ms.</summary>
    public int DebounceMs { get; init; } = 1000;

    /// <summary>How long a sign is remembered, ms.</summary>
    public int HoldMs { get; init; } = 60_000;

    /// <summary>Gas reading that is a sign, ppm; only where a sensor is fitted.</summary>
    public float GasPpm { get; init; } = 500;

    /// <summary>Rise of the housing's pressure over its own past that is a sign, kPa; only where a sensor is fitted.</summary>
    public float PressureKPa { get; init; } = 2;

    internal void Validate()
    {
        if (!(DropV > 0) || !(DropMemoryS > 0) || !(RateKPerS > 0) || !(RateSmoothingS > 0) || !(GasPpm > 0) || !(PressureKPa > 0) || DebounceMs < 0 || HoldMs <= 0)
            throw new ArgumentException("runaway limits: every threshold and time must be > 0");
    }
}
