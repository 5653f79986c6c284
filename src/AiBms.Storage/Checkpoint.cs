using AiBms.Telemetry.Frames;

namespace AiBms.Storage;

/// <summary>How far a pack's records have come. Every store admits a batch by it, so that each record is stored once and what never came is counted.</summary>
/// <param name="Epoch">The newest journal that was seen.</param>
/// <param name="Seq">The last record of it that is stored; 0 before the first.</param>
/// <param name="MissingCount">Records that never came or were dropped on their way.</param>
public readonly record struct Checkpoint(long Epoch, long Seq, long MissingCount)
{
    /// <summary>Of a pack that is new to a store.</summary>
    public static Checkpoint None { get; } = new(long.MinValue, 0, 0);

    /// <summary>Goes through a batch.</summary>
    /// <returns>The checkpoint after it, and its records that may be new. Of the present journal they are; an older journal comes again only from a backup, and the store knows its records by their numbers.</returns>
    public (Checkpoint After, IReadOnlyList<Record> Candidates) Admit(RecordBatch batch)
    {
        List<Record> candidates = [];
        long lastSeq = batch.Epoch == Epoch ? Seq : 0, missing = MissingCount;
        foreach (var sent in batch.Records)
        {
            if (sent.SeqEnd <= lastSeq) continue;
            // Only a gap stands for several: of it, what is stored already is not gone.
            var record = sent.Seq <= lastSeq ? sent with { Seq = lastSeq + 1 } : sent;
            // Numbers begin at 1: what a store that is new to a journal was not sent is missing too.
            if (batch.Epoch >= Epoch && record.Seq > lastSeq + 1) missing += record.Seq - lastSeq - 1;
            if (record.Kind == RecordKind.Gap) missing += record.SeqEnd - record.Seq + 1;
            candidates.Add(record);
            lastSeq = record.SeqEnd;
        }

        return (batch.Epoch >= Epoch ? new(batch.Epoch, lastSeq, missing) : this, candidates);
    }
}
