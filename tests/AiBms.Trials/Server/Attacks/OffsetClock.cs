namespace AiBms.Trials.Server.Attacks;

/// <summary>The machine's clock, ahead by some time.</summary>
sealed class OffsetClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
