namespace AiBms.Telemetry.Journal;

/// <summary>How a journal keeps its records.</summary>
public sealed record JournalOptions
{
    /// <summary>Where it is.</summary>
    public required string Path { get; init; }

    /// <summary>Largest size of records that wait, bytes: beyond, the oldest frames are thinned out, then the oldest records dropped.</summary>
    public long MostBytes { get; init; } = 256L << 20;

    /// <summary>Records that come within this are committed together.</summary>
    public TimeSpan GroupCommit { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Of how many frames one is left where they are thinned out.</summary>
    public int ThinTo { get; init; } = 10;

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal JournalOptions Validated()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostBytes, 1 << 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(ThinTo, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(GroupCommit.Ticks);
        return this;
    }
}
