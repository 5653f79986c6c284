namespace AiBms.Telemetry.Journal;

/// <summary>What a journal remembers of one pack between transactions.</summary>
sealed class JournalPack(long id, string name, long epoch)
{
    public long Id { get; } = id;

    public string Name { get; } = name;

    public long Epoch { get; } = epoch;

    /// <summary>Number for the next record.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>Last number that is on disk.</summary>
    public long DurableSeq { get; set; }

    public long AcknowledgedSeq { get; set; }

    public long WaitingCount { get; set; }

    public long WaitingBytes { get; set; }

    public long DroppedCount { get; set; }
}
