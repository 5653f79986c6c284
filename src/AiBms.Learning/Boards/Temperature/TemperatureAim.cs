namespace AiBms.Learning.Boards.Temperature;

/// <summary>A skill that is wanted, and what was reached.</summary>
/// <param name="Name">In the file of notes and in tables.</param>
/// <param name="WantedFraction">At least this.</param>
/// <param name="ReachedFraction">What was measured; NaN where nothing could be.</param>
/// <param name="Where">Recording it was measured on, or why nothing was; empty for all together.</param>
public sealed record TemperatureAim(string Name, double WantedFraction, double ReachedFraction, string Where)
{
    /// <summary>90 % confidence limits of what was measured.</summary>
    public (double LowFraction, double HighFraction) Limits { get; init; } = (double.NaN, double.NaN);

    /// <summary>Met by the value.</summary>
    public bool IsHit => ReachedFraction >= WantedFraction;

    /// <summary>Met by the lower limit as well.</summary>
    public bool IsHitByInterval => IsHit && Limits.LowFraction >= WantedFraction;

    /// <summary>The verdict in words of Markdown.</summary>
    public string Word => double.IsNaN(ReachedFraction) ? "not measured" : IsHitByInterval ? "hit" : IsHit ? "hit by value, not by interval" : "**missed**";
}
