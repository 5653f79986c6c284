using AiBms.Telemetry.Frames;

namespace AiBms.Storage;

/// <summary>Where a server keeps what packs send.</summary>
/// <exception cref="System.Data.Common.DbException">From every member: the store cannot be reached or has no room; nothing of the call was kept, and it may be made again.</exception>
public interface IReadingStore : IDisposable
{
    /// <summary>Stores batches in one transaction with each pack's checkpoint; what is stored already is passed over.</summary>
    /// <returns>The records of each batch that are new, in its order; durable on return.</returns>
    IReadOnlyList<IReadOnlyList<Record>> Write(IReadOnlyList<RecordBatch> batches);

    /// <summary>Drops records that are too old, in the store's own portions of at most a week: checkpoints, minutes and events stay.</summary>
    /// <param name="timeMs">Nothing from here on is dropped, ms since 1970.</param>
    void DropBefore(long timeMs);

    /// <summary>Every pack.</summary>
    IReadOnlyList<StoredPack> Packs();

    /// <summary>Frames of a pack in a time range, oldest first.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="fromMs">From, ms since 1970.</param>
    /// <param name="toMs">To, exclusive.</param>
    /// <param name="most">At most so many, the newest.</param>
    IReadOnlyList<Record> Frames(string pack, long fromMs, long toMs, int most);

    /// <summary>Records of some kinds in a time range, oldest first.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="kinds">Which.</param>
    /// <param name="fromMs">From, ms since 1970.</param>
    /// <param name="toMs">To, exclusive.</param>
    /// <param name="most">At most about so many, evenly over the time between the first and the last of them.</param>
    IReadOnlyList<Record> Records(string pack, IReadOnlyList<RecordKind> kinds, long fromMs, long toMs, int most);

    /// <summary>Times of a pack's first and last frame, ms since 1970; null where there is none.</summary>
    (long FirstMs, long LastMs)? Span(string pack);

    /// <summary>Keeps what was made of packs' minutes, in one transaction; the same minute again takes the place of the first.</summary>
    void KeepMinutes(IReadOnlyList<PackMinutes> packs);

    /// <summary>What was made of a pack's minutes, oldest first.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="fromMs">From, ms since 1970.</param>
    /// <param name="toMs">To, exclusive.</param>
    IReadOnlyList<StoredMinute> Minutes(string pack, long fromMs, long toMs);

    /// <summary>How far a pack's records have come.</summary>
    Checkpoint CheckpointOf(string pack);

    /// <summary>What the server's own estimator of a pack kept last; null where it kept nothing.</summary>
    StoredEstimator? Estimator(string pack);

    /// <summary>Keeps what the server's own estimator of a pack knows, in place of what it kept before.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="known">What it knows.</param>
    /// <returns>False where another server has taken the pack over since: then nothing was kept.</returns>
    bool KeepEstimator(string pack, StoredEstimator known);

    /// <summary>Events, newest first.</summary>
    /// <param name="pack">Of one pack; null for all.</param>
    /// <param name="openOnly">Only those that last or are not acknowledged.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="among">Of these packs only; null for all.</param>
    IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most, IReadOnlyCollection<string>? among = null);

    /// <summary>Notes that a rule of the server found something; it lasts until it is cleared.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="rule">What it says.</param>
    /// <param name="measuredValues">Value and threshold, in the rule's unit.</param>
    /// <param name="nowMs">When, ms since 1970.</param>
    void Raise(string pack, RuleText rule, double[] measuredValues, long nowMs);

    /// <summary>Notes that what a rule had found is over.</summary>
    void Clear(string pack, string ruleName, long nowMs);

    /// <summary>Acknowledges an event.</summary>
    /// <param name="eventId">Its number.</param>
    /// <param name="nowMs">When, ms since 1970.</param>
    /// <param name="by">By whom.</param>
    /// <param name="comment">What they say.</param>
    /// <param name="among">Where it is of one of these packs only; null for all.</param>
    /// <returns>False where there is none of that number among them, or it was acknowledged before.</returns>
    bool Acknowledge(long eventId, long nowMs, string by, string comment, IReadOnlyCollection<string>? among = null);
}
