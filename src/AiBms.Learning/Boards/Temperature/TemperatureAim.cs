namespace AiBms.Learning.Boards.Temperature;

/// <summary>A skill that is wanted, and what was reached.</summary>
/// <param name="Name">In the file of notes and in tables.</param>
/// <param name="WantedFraction">At least this.</param>
/// <param name="ReachedFraction">What was measured.</param>
/// <param name="Where">Recording it was measured on; empty for all together.</param>
public sealed record TemperatureAim(string Name, double WantedFraction, double ReachedFraction, string Where)
{
    /// <summary>Met.</summary>
    public bool IsHit => ReachedFraction >= WantedFraction;
}
