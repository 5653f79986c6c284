using AiBms.Safety.Limits;

namespace AiBms.Safety.Runaway;

/// <summary>The memory of the runaway watch.</summary>
struct RunawayState
{
    public LimitTrack Drop, Rate, Gas, Pressure;

    /// <summary>Time since each sign was last seen, ms; meaningful where the sign is remembered.</summary>
    public int DropAgeMs, RateAgeMs, GasAgeMs, PressureAgeMs;

    public RunawaySigns Remembered;
    public float PressurePastKPa;
    public bool PressureKnown;

    /// <summary>Cell with the largest drop and probe with the fastest rise; −1 for none.</summary>
    public int DropWhere, RateWhere;

    public bool Active;
    public int Where;
    public long SinceMs, GainedMs;
}
