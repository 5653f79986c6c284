using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Journal;

/// <summary>Makes room in a journal that is too full: thins out the oldest frames, then drops the oldest records; gaps say what is gone.</summary>
/// <remarks>What was recorded around an event is not thinned out: it is dropped last, with its event.</remarks>
static class JournalTrim
{
    /// <summary>Records looked at in one go.</summary>
    const int Portion = 2000;

    /// <summary>Takes about a portion's room away from a pack's oldest records. Runs inside the caller's transaction.</summary>
    public static void Make(JournalFile file, JournalPack pack, int thinTo)
    {
        var oldest = file.Read(pack.Id, pack.AcknowledgedSeq, pack.DurableSeq, Portion);
        if (oldest.Count == 0) return;
        var kept = Less(oldest, thinTo);
        file.Do("DELETE FROM records WHERE pack = @pack AND seq >= @first AND seq <= @last", ("@pack", pack.Id), ("@first", oldest[0].Seq), ("@last", oldest[^1].Seq));
        foreach (var record in kept) file.Insert(pack.Id, record);
        pack.DroppedCount += Missing(kept) - Missing(oldest);
        pack.WaitingCount += kept.Count - oldest.Count;
        pack.WaitingBytes += kept.Sum(Size) - oldest.Sum(Size);
        file.Do("UPDATE packs SET dropped = @dropped WHERE id = @id", ("@dropped", pack.DroppedCount), ("@id", pack.Id));
    }

    /// <summary>Takes about a portion's room away from a pack's oldest records that wait in memory for a disk that takes nothing.</summary>
    public static void Make(List<(JournalPack Pack, Record Record)> queue, JournalPack pack, int thinTo)
    {
        List<Record> oldest = [.. queue.Where(q => q.Pack == pack).Select(q => q.Record).Take(Portion)];
        if (oldest.Count == 0) return;
        var kept = Less(oldest, thinTo);
        long lastSeq = oldest[^1].Seq;
        queue.RemoveAll(q => q.Pack == pack && q.Record.Seq <= lastSeq);
        queue.InsertRange(0, kept.Select(record => (pack, record)));
        pack.DroppedCount += Missing(kept) - Missing(oldest);
    }

    static List<Record> Less(List<Record> oldest, int thinTo)
    {
        var kept = Thin(oldest, thinTo);
        // Nothing more to thin out here: what is oldest goes, whatever it is.
        return kept.Count > oldest.Count * 3 / 4 ? [Gaps.Of(oldest[0].Seq, oldest[^1].SeqEnd, oldest[^1].TimeMs, "dropped: the journal was full")] : kept;
    }

    /// <summary>Room that a record takes, bytes.</summary>
    public static long Size(Record record) => record.Body.Length + 40;

    static List<Record> Thin(List<Record> records, int thinTo)
    {
        List<Record> kept = [];
        int frames = 0;
        foreach (var record in records)
        {
            bool isThinned = record.Kind is RecordKind.Frame or RecordKind.Estimates && frames++ % thinTo != 0;
            if (!isThinned && record.Kind != RecordKind.Gap) kept.Add(record);
            // Gaps side by side become one.
            else if (kept is [.., { Kind: RecordKind.Gap } before]) kept[^1] = Gaps.Of(before.Seq, record.SeqEnd, record.TimeMs, "thinned out: the journal was full");
            else kept.Add(isThinned ? Gaps.Of(record.Seq, record.SeqEnd, record.TimeMs, "thinned out: the journal was full") : record);
        }

        return kept;
    }

    static long Missing(List<Record> records) => records.Where(r => r.Kind == RecordKind.Gap).Sum(r => r.SeqEnd - r.Seq + 1);
}
