namespace AiBms.Safety.Protection;

/// <summary>When a cell counts as deeply discharged, and how it may be brought back once it is qualified.</summary>
public sealed record DeepDischargeLimits
{
    /// <summary>Cell voltage below which charging is refused, V.</summary>
    public required float DeepV { get; init; }

    /// <summary>Cell voltage at which a recovery charge is over, V.</summary>
    public required float RecoveredV { get; init; }

    /// <summary>Highest current of a recovery charge, A.</summary>
    public required float RecoveryCurrentA { get; init; }

    /// <summary>Longest recovery charge, ms; then charging is refused again.</summary>
    public int RecoveryMs { get; init; } = 4 * 3600 * 1000;

    /// <summary>Time below the voltage, and back above it, before it counts, ms.</summary>
    public int DebounceMs { get; init; } = 1000;

    internal void Validate()
    {
        if (!(RecoveredV > DeepV) || !(DeepV > 0) || !(RecoveryCurrentA > 0) || RecoveryMs <= 0 || DebounceMs < 0)
            throw new ArgumentException("deep-discharge limits: 0 < DeepV < RecoveredV, a current > 0 A and times > 0 ms are needed");
    }
}
