namespace AiBms.Safety.Signals;

/// <summary>The memory of one signal. Plain fields, so that it is a C struct too.</summary>
struct SignalTrack
{
    /// <summary>Last believed value; meaningless until Seen.</summary>
    public float Value;

    /// <summary>Last finite raw value.</summary>
    public float LastRaw;

    /// <summary>The neighbours' trimmed mean when this signal last moved.</summary>
    public float OthersAtChange;

    /// <summary>Time since the value was last believed, and of agreement after a jump, ms.</summary>
    public int BadMs, ConfirmMs;

    /// <summary>Time that a tap still needs to settle after bleeding, ms.</summary>
    public int SettleMs;

    public SignalQuality Quality;
    public bool Seen, HasRaw;

    /// <summary>True where the raw or the believed value changed in this step.</summary>
    public bool Moved;

    /// <summary>Time since the value was last believed before this step, ms.</summary>
    public int BadBeforeMs;
}
