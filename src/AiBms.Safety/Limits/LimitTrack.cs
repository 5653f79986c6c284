namespace AiBms.Safety.Limits;

/// <summary>The memory of one level of one limit.</summary>
struct LimitTrack
{
    /// <summary>Leaky time past the threshold, and unbroken time back inside, ms.</summary>
    public int OverMs, BackMs;

    /// <summary>Samples past the threshold since the leaky time was last 0, at most 2.</summary>
    public int Events;

    public bool Active;
}
