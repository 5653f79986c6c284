namespace AiBms.Safety.Limits;

/// <summary>Three thresholds for one quantity, with the hysteresis and the times that keep it from flickering.</summary>
/// <remarks>
/// Thresholds rise (or fall, where low is bad) from Operating to Safety. Between Operating and Recommended the current falls in a
/// straight line to <see cref="FloorFraction"/>; a level is left only when the value is back by <see cref="Hysteresis"/>.
/// </remarks>
public sealed record LimitBand
{
    /// <summary>The band of a quantity that this pack does not have: never active.</summary>
    public static LimitBand Off { get; } = new() { Enabled = false };

    /// <summary>False where the pack has no such limit.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Threshold where derating begins, in the quantity's unit.</summary>
    public float Operating { get; init; }

    /// <summary>Threshold where derating ends at the floor, in the quantity's unit.</summary>
    public float Recommended { get; init; }

    /// <summary>Threshold where the contactors open, in the quantity's unit.</summary>
    public float Safety { get; init; }

    /// <summary>How far the value must come back before a level ends, in the quantity's unit, ≥ 0.</summary>
    public float Hysteresis { get; init; }

    /// <summary>Share of the table's current that is left at the recommended limit, 0…1.</summary>
    public float FloorFraction { get; init; }

    /// <summary>Time past the threshold before Operating and Recommended count, ms.</summary>
    public int WarnDebounceMs { get; init; } = 200;

    /// <summary>Time past the safety threshold before the contactors open, ms.</summary>
    public int TripDebounceMs { get; init; } = 200;

    /// <summary>Time back inside, by the hysteresis, before a level ends, ms.</summary>
    public int ReleaseMs { get; init; } = 2000;

    /// <summary>The threshold of a level.</summary>
    public float Threshold(LimitLevel level)
    {
        if (level == LimitLevel.Operating) return Operating;
        if (level == LimitLevel.Recommended) return Recommended;
        return Safety;
    }

    internal void Validate(LimitKind kind)
    {
        if (!Enabled) return;
        bool low = LimitKinds.IsLow(kind);
        bool ordered = low ? Operating >= Recommended && Recommended >= Safety : Operating <= Recommended && Recommended <= Safety;
        if (!ordered || !float.IsFinite(Operating) || !float.IsFinite(Safety))
            throw new ArgumentException($"limits of {kind}: Operating, Recommended and Safety must be finite and {(low ? "fall" : "rise")} in this order");
        if (!(Hysteresis >= 0) || !(FloorFraction is >= 0 and <= 1))
            throw new ArgumentException($"limits of {kind}: the hysteresis must be ≥ 0 and the floor within 0…1");
        if (WarnDebounceMs < 0 || TripDebounceMs < 0 || ReleaseMs < 0)
            throw new ArgumentException($"limits of {kind}: times must be ≥ 0 ms");
    }
}
