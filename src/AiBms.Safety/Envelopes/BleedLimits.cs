namespace AiBms.Safety.Envelopes;

/// <summary>When balancing resistors may be on.</summary>
public sealed record BleedLimits
{
    /// <summary>Time a tap needs after bleeding before its voltage is believed, ms.</summary>
    public int SettleMs { get; init; } = 20;

    /// <summary>Longest time that a cell may go unmeasured because its tap bleeds, ms; then every resistor pauses.</summary>
    public int MaxBlindMs { get; init; } = 500;

    /// <summary>Highest temperature of the board with the resistors, °C.</summary>
    public float MaxBoardDegC { get; init; } = 85;

    /// <summary>Lowest cell voltage that may be bled, V.</summary>
    public required float MinCellV { get; init; }

    internal void Validate()
    {
        if (SettleMs < 0 || MaxBlindMs <= 0 || !float.IsFinite(MaxBoardDegC) || !(MinCellV > 0))
            throw new ArgumentException("bleed limits: times must be ≥ 0 ms, the board's temperature finite, the lowest voltage > 0");
    }
}
