using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AiBms.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file in WAL mode with full synchronisation, so that what is acknowledged outlives a loss of power.</summary>
public sealed class SqliteStore : IReadingStore
{
    const string Tables = """
        CREATE TABLE IF NOT EXISTS packs (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, missing INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS records (pack TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, seq_end INTEGER NOT NULL, kind INTEGER NOT NULL, time_ms INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (pack, epoch, seq)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS records_by_time ON records (pack, kind, time_ms);
        CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, pack TEXT NOT NULL, fault INTEGER NOT NULL, place INTEGER NOT NULL, value REAL, threshold REAL, is_tap INTEGER NOT NULL, raised INTEGER NOT NULL, cleared INTEGER, acknowledged INTEGER, acknowledged_by TEXT NOT NULL DEFAULT '', comment TEXT NOT NULL DEFAULT '');
        CREATE TABLE IF NOT EXISTS minutes (pack TEXT NOT NULL, time_ms INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (pack, time_ms)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS records_by_age ON records (time_ms);
        CREATE INDEX IF NOT EXISTS events_by_pack ON events (pack, raised);
        CREATE TABLE IF NOT EXISTS estimators (pack TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, time_ms INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
        """;

    // Long reads have a connection of their own: a commit never waits for somebody's history.
    readonly DurableFile _file;
    readonly Lazy<DurableFile> _reading;
    readonly Lock _lock = new(), _readLock = new();
    readonly RecordInsert _insert;

    /// <param name="path">The file; made where it is not there.</param>
    /// <exception cref="DataException">It cannot be used.</exception>
    public SqliteStore(string path)
    {
        _file = new(path, "store", Tables);
        _reading = new(() => DurableFile.Reading(path));
        // Stores of before there were rules.
        foreach (string column in (ReadOnlySpan<string>)["rule", "text", "advice", "unit"]) AddColumn(column, "TEXT NOT NULL DEFAULT ''");
        AddColumn("level", "INTEGER NOT NULL DEFAULT 0");
        _insert = new(_file.Command(RecordInsert.Text, ("@pack", ""), ("@epoch", 0L), ("@seq", 0L), ("@end", 0L), ("@kind", 0), ("@time", 0L), ("@body", Array.Empty<byte>())));
    }

    void AddColumn(string name, string kind)
    {
        using var command = _file.Command("SELECT count(*) FROM pragma_table_info('events') WHERE name = @name", ("@name", name));
        if ((long)command.ExecuteScalar()! == 0) _file.Do($"ALTER TABLE events ADD COLUMN {name} {kind}");
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Record>> Write(IReadOnlyList<RecordBatch> batches)
    {
        lock (_lock)
        {
            using var transaction = _file.Begin();
            List<IReadOnlyList<Record>> added = [.. batches.Select(b => Write(transaction, b))];
            transaction.Commit();
            return added;
        }
    }

    /// <inheritdoc/>
    public void DropBefore(long timeMs)
    {
        // In small portions: whoever writes meanwhile waits for one of them only.
        while (true)
            lock (_lock)
                if (_file.Do("DELETE FROM records WHERE (pack, epoch, seq) IN (SELECT pack, epoch, seq FROM records WHERE time_ms < @time LIMIT 1000)", ("@time", timeMs)) == 0) return;
    }

    List<Record> Write(SqliteTransaction transaction, RecordBatch batch)
    {
        var before = CheckpointOf(batch.PackId);
        var (after, candidates) = before.Admit(batch);
        List<Record> added = [];
        foreach (var record in candidates)
        {
            if (!_insert.Run(transaction, batch.PackId, batch.Epoch, record)) continue;
            added.Add(record);
            if (record.Kind == RecordKind.Fault) Enter(batch.PackId, record);
        }

        if (after != before)
            _file.Do("INSERT OR REPLACE INTO packs VALUES (@pack, @epoch, @seq, @missing)", ("@pack", batch.PackId), ("@epoch", after.Epoch), ("@seq", after.Seq), ("@missing", after.MissingCount));
        return added;
    }

    void Enter(string pack, Record record)
    {
        var fault = FaultEvent.Of(record.Body);
        if (fault.Begins)
            _file.Do(
                "INSERT INTO events (pack, fault, place, value, threshold, is_tap, raised) VALUES (@pack, @fault, @place, @value, @threshold, @tap, @raised)",
                ("@pack", pack), ("@fault", fault.FaultCode), ("@place", fault.Where), ("@value", Finite(fault.MeasuredValues[0])), ("@threshold", Finite(fault.MeasuredValues[1])), ("@tap", fault.IsTap ? 1 : 0), ("@raised", record.TimeMs));
        else
            _file.Do("UPDATE events SET cleared = @now WHERE pack = @pack AND fault = @fault AND rule = '' AND cleared IS NULL", ("@now", record.TimeMs), ("@pack", pack), ("@fault", fault.FaultCode));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredPack> Packs()
    {
        lock (_lock)
        {
            List<string> names = [];
            using (var command = _file.Command("SELECT name FROM packs ORDER BY name"))
            using (var rows = command.ExecuteReader())
                while (rows.Read()) names.Add(rows.GetString(0));
            return [.. names.Select(name => (Name: name, At: CheckpointOf(name))).Select(p => new StoredPack(p.Name, p.At.Epoch, p.At.Seq, p.At.MissingCount, Last(p.Name)))];
        }
    }

    List<Record> Last(string pack)
    {
        List<Record> last = [];
        foreach (var kind in (ReadOnlySpan<RecordKind>)[RecordKind.Card, RecordKind.Estimates, RecordKind.Frame])
            last.AddRange(Read(_file, "WHERE pack = @pack AND kind = @kind ORDER BY time_ms DESC LIMIT 1", ("@pack", pack), ("@kind", (int)kind)));
        return last;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Record> Frames(string pack, long fromMs, long toMs, int most)
    {
        lock (_readLock)
        {
            var newestFirst = Read(
                _reading.Value, "WHERE pack = @pack AND kind = @kind AND time_ms >= @from AND time_ms < @to ORDER BY time_ms DESC LIMIT @most",
                ("@pack", pack), ("@kind", (int)RecordKind.Frame), ("@from", fromMs), ("@to", toMs), ("@most", most));
            newestFirst.Reverse();
            return newestFirst;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Record> Records(string pack, IReadOnlyList<RecordKind> kinds, long fromMs, long toMs, int most)
    {
        lock (_readLock)
        {
            List<Record> found = [];
            foreach (var kind in kinds)
            {
                (string Name, object Value)[] asked = [("@pack", pack), ("@kind", (int)kind), ("@from", fromMs), ("@to", toMs)];
                using var command = _reading.Value.Command("SELECT count(*), min(time_ms), max(time_ms) FROM records WHERE pack = @pack AND kind = @kind AND time_ms >= @from AND time_ms < @to", asked);
                using var rows = command.ExecuteReader();
                if (!rows.Read() || rows.GetInt64(0) == 0) continue;
                // One of each piece of time, whichever: SQLite gives any row of a group.
                long piece = Math.Max(1, rows.GetInt64(0) <= most ? 1 : (rows.GetInt64(2) - rows.GetInt64(1)) / Math.Max(1, most));
                string thin = rows.GetInt64(0) <= most ? "" : " GROUP BY time_ms / @piece";
                found.AddRange(Read(_reading.Value, $"WHERE pack = @pack AND kind = @kind AND time_ms >= @from AND time_ms < @to{thin} ORDER BY time_ms", [.. asked, ("@piece", piece)]));
            }

            return kinds.Count == 1 ? found : [.. found.OrderBy(r => r.TimeMs)];
        }
    }

    /// <inheritdoc/>
    public (long FirstMs, long LastMs)? Span(string pack)
    {
        lock (_readLock)
        {
            using var command = _reading.Value.Command("SELECT (SELECT min(time_ms) FROM records WHERE pack = @pack AND kind = @kind), (SELECT max(time_ms) FROM records WHERE pack = @pack AND kind = @kind)", ("@pack", pack), ("@kind", (int)RecordKind.Frame));
            using var rows = command.ExecuteReader();
            return rows.Read() && !rows.IsDBNull(0) ? (rows.GetInt64(0), rows.GetInt64(1)) : null;
        }
    }

    /// <inheritdoc/>
    public void KeepMinutes(IReadOnlyList<PackMinutes> packs)
    {
        lock (_lock)
        {
            using var transaction = _file.Begin();
            foreach (var (pack, minutes) in packs)
                foreach (var minute in minutes) _file.Do("INSERT OR REPLACE INTO minutes VALUES (@pack, @time, @body)", ("@pack", pack), ("@time", minute.TimeMs), ("@body", minute.Body));
            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMinute> Minutes(string pack, long fromMs, long toMs)
    {
        lock (_readLock)
        {
            using var command = _reading.Value.Command("SELECT time_ms, body FROM minutes WHERE pack = @pack AND time_ms >= @from AND time_ms < @to ORDER BY time_ms", ("@pack", pack), ("@from", fromMs), ("@to", toMs));
            using var rows = command.ExecuteReader();
            List<StoredMinute> minutes = [];
            while (rows.Read()) minutes.Add(new(rows.GetInt64(0), (byte[])rows[1]));
            return minutes;
        }
    }

    /// <inheritdoc/>
    public Checkpoint CheckpointOf(string pack)
    {
        lock (_lock)
        {
            using var command = _file.Command("SELECT epoch, seq, missing FROM packs WHERE name = @pack", ("@pack", pack));
            using var rows = command.ExecuteReader();
            return rows.Read() ? new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)) : Checkpoint.None;
        }
    }

    /// <inheritdoc/>
    public StoredEstimator? Estimator(string pack)
    {
        lock (_lock)
        {
            using var command = _file.Command("SELECT epoch, seq, time_ms, body FROM estimators WHERE pack = @pack", ("@pack", pack));
            using var rows = command.ExecuteReader();
            return rows.Read() ? new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)) : null;
        }
    }

    /// <inheritdoc/>
    public bool KeepEstimator(string pack, StoredEstimator known)
    {
        // One server alone has the file: nobody takes a pack over.
        lock (_lock) return _file.Do("INSERT OR REPLACE INTO estimators VALUES (@pack, @epoch, @seq, @time, @body)", ("@pack", pack), ("@epoch", known.Epoch), ("@seq", known.Seq), ("@time", known.TimeMs), ("@body", known.Body)) == 1;
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most, IReadOnlyCollection<string>? among = null)
    {
        lock (_lock)
        {
            string where = (pack is null ? "1 = 1" : "pack = @pack") + (openOnly ? " AND (cleared IS NULL OR acknowledged IS NULL)" : "") + Within(among);
            using var command = _file.Command($"SELECT id, pack, fault, place, value, threshold, is_tap, raised, cleared, acknowledged, acknowledged_by, comment, rule, level, text, advice, unit FROM events WHERE {where} ORDER BY raised DESC, id DESC LIMIT @most", ("@pack", pack ?? ""), ("@most", most), ("@among", Names(among)));
            using var rows = command.ExecuteReader();
            List<StoredEvent> events = [];
            while (rows.Read())
                events.Add(new(
                    rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3), [Number(rows, 4), Number(rows, 5)], rows.GetInt32(6) == 1, rows.GetInt64(7),
                    rows.IsDBNull(8) ? null : rows.GetInt64(8), rows.IsDBNull(9) ? null : rows.GetInt64(9), rows.GetString(10), rows.GetString(11),
                    rows.GetString(12) is { Length: > 0 } rule ? new(rule, rows.GetInt32(13), rows.GetString(14), rows.GetString(15), rows.GetString(16)) : null));
            return events;
        }
    }

    /// <inheritdoc/>
    public void Raise(string pack, RuleText rule, double[] measuredValues, long nowMs)
    {
        lock (_lock)
            _file.Do(
                "INSERT INTO events (pack, fault, place, value, threshold, is_tap, raised, rule, level, text, advice, unit) VALUES (@pack, -1, -1, @value, @threshold, 0, @now, @rule, @level, @text, @advice, @unit)",
                ("@pack", pack), ("@value", Finite(measuredValues[0])), ("@threshold", Finite(measuredValues[1])), ("@now", nowMs), ("@rule", rule.Name), ("@level", rule.Level), ("@text", rule.Text), ("@advice", rule.Advice), ("@unit", rule.Unit));
    }

    /// <inheritdoc/>
    public void Clear(string pack, string ruleName, long nowMs)
    {
        lock (_lock) _file.Do("UPDATE events SET cleared = @now WHERE pack = @pack AND rule = @rule AND cleared IS NULL", ("@now", nowMs), ("@pack", pack), ("@rule", ruleName));
    }

    /// <inheritdoc/>
    public bool Acknowledge(long eventId, long nowMs, string by, string comment, IReadOnlyCollection<string>? among = null)
    {
        lock (_lock)
            return _file.Do("UPDATE events SET acknowledged = @now, acknowledged_by = @by, comment = @comment WHERE id = @id AND acknowledged IS NULL" + Within(among), ("@now", nowMs), ("@by", by), ("@comment", comment), ("@id", eventId), ("@among", Names(among))) == 1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        if (_reading.IsValueCreated) _reading.Value.Dispose();
        _file.Dispose();
    }

    static List<Record> Read(DurableFile file, string where, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = file.Command("SELECT seq, seq_end, kind, time_ms, body FROM records " + where, values);
        using var rows = command.ExecuteReader();
        List<Record> records = [];
        while (rows.Read()) records.Add(new(rows.GetInt64(0), rows.GetInt64(1), (RecordKind)rows.GetByte(2), rows.GetInt64(3), (byte[])rows[4]));
        return records;
    }

    static string Within(IReadOnlyCollection<string>? among) => among is null ? "" : " AND pack IN (SELECT value FROM json_each(@among))";

    static string Names(IReadOnlyCollection<string>? among) => System.Text.Json.JsonSerializer.Serialize(among ?? []);

    static object Finite(double value) => double.IsFinite(value) ? value : DBNull.Value;

    static double Number(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? double.NaN : rows.GetDouble(column);
}
