using AiBms.Safety.Limits;

namespace AiBms.Agent.Protection;

/// <summary>Three thresholds of one quantity as a protection file has them; the quantity's kind gives the unit.</summary>
/// <param name="Operating">Where derating begins.</param>
/// <param name="Recommended">Where the current is held at its floor.</param>
/// <param name="Safety">Where the contactors open.</param>
/// <param name="Hysteresis">How far back ends a level.</param>
/// <param name="FloorFraction">Share of the table that is left at Recommended.</param>
/// <param name="WarnMs">Debounce of Operating and Recommended, ms.</param>
/// <param name="TripMs">Debounce of Safety, ms.</param>
/// <param name="ReleaseMs">Time back before a level ends, ms.</param>
public sealed record BandSetting(
    float Operating, float Recommended, float Safety, float Hysteresis, float FloorFraction = 0, int WarnMs = 200, int TripMs = 200, int ReleaseMs = 2000)
{
    /// <summary>The band the protection works with.</summary>
    public LimitBand ToBand() => new()
    {
        Operating = Operating,
        Recommended = Recommended,
        Safety = Safety,
        Hysteresis = Hysteresis,
        FloorFraction = FloorFraction,
        WarnDebounceMs = WarnMs,
        TripDebounceMs = TripMs,
        ReleaseMs = ReleaseMs,
    };
}
