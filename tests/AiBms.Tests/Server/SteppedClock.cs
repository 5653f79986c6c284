namespace AiBms.Tests.Server;

/// <summary>A clock that a test moves.</summary>
sealed class SteppedClock : TimeProvider
{
    DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public void Go(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
