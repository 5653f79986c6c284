using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;

namespace AiBms.Telemetry.Journal;

/// <summary>The journal's tables.</summary>
sealed class JournalFile(string path) : IDisposable
{
    const string Tables = """
        CREATE TABLE IF NOT EXISTS packs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, next INTEGER NOT NULL, acknowledged INTEGER NOT NULL, dropped INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS records (pack INTEGER NOT NULL, seq INTEGER NOT NULL, seq_end INTEGER NOT NULL, kind INTEGER NOT NULL, time_ms INTEGER NOT NULL, body BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (pack, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS checkpoints (pack TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (pack, name)) WITHOUT ROWID;
        """;

    readonly DurableFile _file = new(path, "journal", Tables);

    public SqliteTransaction Begin() => _file.Begin();

    public SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values) => _file.Command(text, values);

    public void Do(string text, params ReadOnlySpan<(string Name, object Value)> values) => _file.Do(text, values);

    public void Insert(long pack, Record record) => Do(
        "INSERT INTO records VALUES (@pack, @seq, @end, @kind, @time, @body, @crc)",
        ("@pack", pack), ("@seq", record.Seq), ("@end", record.SeqEnd), ("@kind", (int)record.Kind), ("@time", record.TimeMs), ("@body", record.Body), ("@crc", (long)record.Checksum()));

    /// <summary>Records after a number, oldest first. A record that is not what was written becomes a gap that says so.</summary>
    public List<Record> Read(long pack, long afterSeq, long untilSeq, int most)
    {
        using var command = Command(
            "SELECT seq, seq_end, kind, time_ms, body, crc FROM records WHERE pack = @pack AND seq > @after AND seq <= @until ORDER BY seq LIMIT @most",
            ("@pack", pack), ("@after", afterSeq), ("@until", untilSeq), ("@most", most));
        using var rows = command.ExecuteReader();
        List<Record> records = [];
        while (rows.Read())
        {
            var record = new Record(rows.GetInt64(0), rows.GetInt64(1), (RecordKind)rows.GetByte(2), rows.GetInt64(3), (byte[])rows[4]);
            records.Add(record.Checksum() == (uint)rows.GetInt64(5) ? record : Gaps.Of(record.Seq, record.SeqEnd, record.TimeMs, "the stored record was damaged"));
        }

        return records;
    }

    public List<JournalPack> Packs()
    {
        using var command = Command("""
            SELECT p.id, p.name, p.epoch, p.next, p.acknowledged, p.dropped, COUNT(r.seq), COALESCE(SUM(LENGTH(r.body) + 40), 0)
            FROM packs p LEFT JOIN records r ON r.pack = p.id GROUP BY p.id
            """);
        using var rows = command.ExecuteReader();
        List<JournalPack> packs = [];
        while (rows.Read())
            packs.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2))
            {
                NextSeq = rows.GetInt64(3),
                DurableSeq = rows.GetInt64(3) - 1,
                AcknowledgedSeq = rows.GetInt64(4),
                DroppedCount = rows.GetInt64(5),
                WaitingCount = rows.GetInt64(6),
                WaitingBytes = rows.GetInt64(7),
            });
        return packs;
    }

    public void Dispose() => _file.Dispose();
}
