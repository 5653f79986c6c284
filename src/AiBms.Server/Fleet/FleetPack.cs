using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>What is known of a pack now. Parts are replaced, never changed.</summary>
sealed record FleetPack(string Id)
{
    public PackCard? Card { get; init; }

    public PackFrame? Frame { get; init; }

    public PackEstimates? Estimates { get; init; }

    /// <summary>Time of the estimates on the pack's clock, ms since 1970: they come more rarely than frames.</summary>
    public long EstimatesMs { get; init; }

    /// <summary>Time of the frame on the pack's clock, ms since 1970.</summary>
    public long FrameMs { get; init; }

    /// <summary>When the frame came in on the server's clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Events that last or are not acknowledged, newest first.</summary>
    public IReadOnlyList<StoredEvent> Events { get; init; } = [];

    /// <summary>In how many frames each signal was not believed since the server started, by its number.</summary>
    public System.Collections.Immutable.ImmutableDictionary<int, int> BadFrames { get; init; } = System.Collections.Immutable.ImmutableDictionary<int, int>.Empty;

    /// <summary>How far cells stood from the middle one.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public CellTally Tally { get; init; } = new();

    public string Name => Card?.Name is { Length: > 0 } name ? name : Id;

    public bool Has(PackFlags flag) => Frame is { } frame && frame.Flags.HasFlag(flag);
}
