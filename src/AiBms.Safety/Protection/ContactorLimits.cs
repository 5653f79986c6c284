namespace AiBms.Safety.Protection;

/// <summary>Times and thresholds of contactors and precharge.</summary>
/// <remarks>
/// The sequence (minus, precharge, check of voltage difference and current within a time, three tries, the wait for the fuse above the
/// break current, the first contactor to open chosen by the current's direction) is that of foxBMS 2; the defaults for voltage, time
/// and tries are its own (1 V, 2 s, 3). Its 50 mA end current asks for a sensor that can show it; set what yours can.
/// </remarks>
public sealed record ContactorLimits
{
    /// <summary>Longest travel of a contactor and its auxiliary contact, ms.</summary>
    public int TravelMs { get; init; } = 100;

    /// <summary>Time with everything open before anything closes, ms.</summary>
    public int SelfCheckMs { get; init; } = 50;

    /// <summary>Time for which precharge alone, then minus alone, is closed to find a welded contactor, ms.</summary>
    public int WeldTestMs { get; init; } = 80;

    /// <summary>Rise of the link voltage in that time that means a weld, share of the pack voltage.</summary>
    public float WeldRiseFraction { get; init; } = 0.1f;

    /// <summary>Link and pack this close long after opening mean a weld, V.</summary>
    public float WeldToleranceV { get; init; } = 2;

    /// <summary>How long after opening they must stay that close, ms.</summary>
    public int WeldAfterOpeningMs { get; init; } = 10_000;

    /// <summary>Longest precharge, ms.</summary>
    public int PrechargeTimeoutMs { get; init; } = 2000;

    /// <summary>Difference of link and pack below which precharge is done, V.</summary>
    public float PrechargeEndV { get; init; } = 1;

    /// <summary>Current below which precharge is done, A.</summary>
    public float PrechargeEndA { get; init; } = 0.5f;

    /// <summary>Current above which a precharge try is stopped, A.</summary>
    public float PrechargeMaxA { get; init; } = 20;

    /// <summary>How long both must hold, ms.</summary>
    public int PrechargeConfirmMs { get; init; } = 50;

    /// <summary>Tries before the fault is latched.</summary>
    public int PrechargeTries { get; init; } = 3;

    /// <summary>Wait between tries, for the resistor to cool, ms.</summary>
    public int RetryWaitMs { get; init; } = 3000;

    /// <summary>Overlap of plus and precharge, ms.</summary>
    public int JoinMs { get; init; } = 100;

    /// <summary>Least time open before the next closing, ms.</summary>
    public int RecloseWaitMs { get; init; } = 5000;

    /// <summary>Longest wait for the current to fade after closing is no longer asked for, ms.</summary>
    public int FadeMs { get; init; } = 1000;

    /// <summary>Current at which a normal opening needs no wait, A.</summary>
    public float FadeA { get; init; } = 5;

    /// <summary>Highest current that the contactors can break, A.</summary>
    public required float BreakCurrentA { get; init; }

    /// <summary>Longest wait for the fuse above it, ms.</summary>
    public int FuseWaitMs { get; init; } = 500;

    /// <summary>Time between the first and the second contactor to open, ms.</summary>
    public int StaggerMs { get; init; } = 50;

    /// <summary>Openings for protection that latch a fault, if each is not forgotten first.</summary>
    public int MaxOpenings { get; init; } = 4;

    /// <summary>Time after which one such opening is forgotten, ms.</summary>
    public int OpeningForgottenMs { get; init; } = 600_000;

    internal void Validate()
    {
        int[] times =
        [
            TravelMs, SelfCheckMs, WeldTestMs, WeldAfterOpeningMs, PrechargeTimeoutMs, PrechargeConfirmMs, RetryWaitMs, JoinMs,
            RecloseWaitMs, FadeMs, FuseWaitMs, StaggerMs, OpeningForgottenMs,
        ];
        foreach (int timeMs in times)
            if (timeMs < 0) throw new ArgumentException("contactor limits: times must be ≥ 0 ms");
        if (!(BreakCurrentA > 0) || !(PrechargeEndV > 0) || !(PrechargeEndA > 0) || !(PrechargeMaxA > PrechargeEndA))
            throw new ArgumentException("contactor limits: break current, precharge voltage and currents must be > 0, the greatest precharge current above its end current");
        if (PrechargeTries < 1 || MaxOpenings < 1 || !(WeldRiseFraction is > 0 and < 1) || !(WeldToleranceV > 0) || !(FadeA >= 0))
            throw new ArgumentException("contactor limits: tries and openings must be ≥ 1, the weld test's share within 0…1, its tolerance > 0");
    }
}
