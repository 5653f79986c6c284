namespace AiBms.Trials.Simulation;

/// <summary>The clock of a simulated world: seconds go on as its events do, and somebody may set the wall clock.</summary>
sealed class SimClock : TimeProvider
{
    static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public double NowS { get; set; }

    /// <summary>How wrong the wall clock is, s.</summary>
    public double WrongS { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(NowS * TimeSpan.TicksPerSecond);

    public override DateTimeOffset GetUtcNow() => s_start.AddSeconds(NowS + WrongS);
}
