using AiBms.Telemetry.Frames;

namespace AiBms.Storage;

/// <summary>Where a server keeps what packs send.</summary>
public interface IReadingStore : IDisposable
{
    /// <summary>Stores batches in one transaction with each pack's checkpoint; what is stored already is passed over.</summary>
    /// <returns>The records of each batch that are new, in its order; durable on return.</returns>
    IReadOnlyList<IReadOnlyList<Record>> Write(IReadOnlyList<RecordBatch> batches);

    /// <summary>Every pack.</summary>
    IReadOnlyList<StoredPack> Packs();

    /// <summary>Frames of a pack in a time range, oldest first.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="fromMs">From, ms since 1970.</param>
    /// <param name="toMs">To, exclusive.</param>
    /// <param name="most">At most so many, the newest.</param>
    IReadOnlyList<Record> Frames(string pack, long fromMs, long toMs, int most);

    /// <summary>Events, newest first.</summary>
    /// <param name="pack">Of one pack; null for all.</param>
    /// <param name="openOnly">Only those that last or are not acknowledged.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most);

    /// <summary>Acknowledges an event.</summary>
    /// <returns>False where there is none of that number, or it was acknowledged before.</returns>
    bool Acknowledge(long eventId, long nowMs, string by, string comment);
}
