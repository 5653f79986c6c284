using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using Npgsql;

namespace AiBms.Storage.Postgres;

/// <summary>The store of a fleet: a PostgreSQL database with records in weekly partitions, the figures of each frame in columns of their own, cells as arrays of mV.</summary>
/// <remarks>Reading never waits for writing: each call takes a connection of its own.</remarks>
public sealed class PostgresStore : IReadingStore
{
    const string EventColumns = "events.id, packs.name, fault, place, value, threshold, is_tap, raised, cleared, acknowledged, acknowledged_by, comment, rule, level, text, advice, unit";

    static readonly RecordKind[] s_shown = [RecordKind.Card, RecordKind.Estimates, RecordKind.Frame];

    readonly NpgsqlDataSource _source;
    readonly PostgresWriter _writer;
    readonly Lock _writing = new();

    /// <param name="address">Npgsql's connection string: <c>Host=…;Database=…;Username=…</c>. The password comes from PGPASSWORD or the password file, not from here.</param>
    /// <param name="clock">Tells which times are in the future.</param>
    /// <exception cref="DataException">The database cannot be used; the sentence says why.</exception>
    public PostgresStore(string address, TimeProvider clock)
    {
        _source = Connect(address);
        try
        {
            Schema.Bring(_source);
        }
        catch (Exception problem) when (problem is NpgsqlException or DataException)
        {
            _source.Dispose();
            if (problem is DataException) throw;
            throw new DataException($"The PostgreSQL store cannot be opened ({problem.Message.TrimEnd('.')}): is the server up, the database made, and the password in PGPASSWORD or the password file?", problem);
        }

        _writer = new(_source, clock);
    }

    /// <summary>Connections to a database; none is opened yet.</summary>
    /// <param name="address">As for the store.</param>
    /// <exception cref="DataException">It is no address.</exception>
    public static NpgsqlDataSource Connect(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            // What is acknowledged is on the disk, whatever the server's own default is.
            return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(address) { ApplicationName = "aibms", Options = "-c synchronous_commit=on" });
        }
        catch (ArgumentException problem)
        {
            throw new DataException($"The store '{address.Split(';')[0]}…' cannot be read as an address ({problem.Message.TrimEnd('.')}): give Host=…;Database=…;Username=….", problem);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Record>> Write(IReadOnlyList<RecordBatch> batches) => WriteClaimed([.. batches.Select(b => new ClaimedBatch(b, 0))])!;

    /// <summary>The same under claims on packs.</summary>
    /// <returns>The new records of each batch; null for one whose pack another server has claimed since: nothing of it was stored.</returns>
    public IReadOnlyList<IReadOnlyList<Record>?> WriteClaimed(IReadOnlyList<ClaimedBatch> batches)
    {
        lock (_writing) return _writer.Write(batches);
    }

    /// <summary>Takes a pack over: from here on whoever claimed it before writes nothing of it, however late it hears of that.</summary>
    /// <returns>The claim to write under, above 0.</returns>
    public long Claim(string pack)
    {
        Know(pack);
        return List("UPDATE packs SET claim = claim + 1 WHERE name = $1 RETURNING claim", rows => rows.GetInt64(0), pack)[0];
    }

    /// <inheritdoc/>
    public Checkpoint CheckpointOf(string pack) => List("SELECT epoch, seq, missing FROM packs WHERE name = $1", rows => new Checkpoint(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)), pack) is [var at] ? at : Checkpoint.None;

    /// <inheritdoc/>
    public void DropBefore(long timeMs)
    {
        lock (_writing) _writer.Drop(timeMs);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredPack> Packs()
    {
        var packs = List("SELECT name, id, epoch, seq, missing FROM packs WHERE seq > 0 OR epoch > $1 ORDER BY name COLLATE \"C\"", rows => (Name: rows.GetString(0), Id: rows.GetInt32(1), At: new Checkpoint(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4))), Checkpoint.None.Epoch);
        var last = List(
            "SELECT id, r.* FROM packs CROSS JOIN unnest($1) AS k CROSS JOIN LATERAL (SELECT seq, seq_end, kind, time_ms, body FROM records WHERE pack = packs.id AND kind = k ORDER BY time_ms DESC LIMIT 1) AS r",
            rows => (Pack: rows.GetInt32(0), Record: RecordOf(rows, 1)), (object)Array.ConvertAll(s_shown, kind => (short)kind)).ToLookup(l => l.Pack, l => l.Record);
        return [.. packs.Select(p => new StoredPack(p.Name, p.At.Epoch, p.At.Seq, p.At.MissingCount, [.. last[p.Id].OrderBy(r => Array.IndexOf(s_shown, r.Kind))]))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Record> Frames(string pack, long fromMs, long toMs, int most)
    {
        var newestFirst = List(
            "SELECT seq, seq_end, kind, time_ms, body FROM records WHERE pack = (SELECT id FROM packs WHERE name = $1) AND kind = $2 AND time_ms >= $3 AND time_ms < $4 ORDER BY time_ms DESC LIMIT $5",
            rows => RecordOf(rows, 0), pack, (short)RecordKind.Frame, fromMs, toMs, most);
        newestFirst.Reverse();
        return newestFirst;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Record> Records(string pack, IReadOnlyList<RecordKind> kinds, long fromMs, long toMs, int most)
    {
        const string from = "FROM records WHERE pack = (SELECT id FROM packs WHERE name = $1) AND kind = $2 AND time_ms >= $3 AND time_ms < $4";
        List<Record> found = [];
        foreach (var kind in kinds)
        {
            object[] asked = [pack, (short)kind, fromMs, toMs];
            var (count, first, last) = List($"SELECT count(*), coalesce(min(time_ms), 0), coalesce(max(time_ms), 0) {from}", rows => (rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2)), asked)[0];
            if (count == 0) continue;
            long piece = count <= most ? 1 : Math.Max(1, (last - first) / Math.Max(1, most));
            string columns = piece == 1 ? "SELECT" : "SELECT DISTINCT ON (time_ms / $5)", order = piece == 1 ? "time_ms" : "time_ms / $5, time_ms";
            found.AddRange(List($"{columns} seq, seq_end, kind, time_ms, body {from} ORDER BY {order}", rows => RecordOf(rows, 0), piece == 1 ? asked : [.. asked, piece]));
        }

        return kinds.Count == 1 ? found : [.. found.OrderBy(r => r.TimeMs)];
    }

    /// <inheritdoc/>
    public (long FirstMs, long LastMs)? Span(string pack)
    {
        const string of = "FROM records WHERE pack = (SELECT id FROM packs WHERE name = $1) AND kind = $2";
        return List($"SELECT (SELECT min(time_ms) {of}), (SELECT max(time_ms) {of})", rows => rows.IsDBNull(0) ? ((long, long)?)null : (rows.GetInt64(0), rows.GetInt64(1)), pack, (short)RecordKind.Frame)[0];
    }

    /// <inheritdoc/>
    public void KeepMinutes(IReadOnlyList<PackMinutes> packs)
    {
        var all = packs.SelectMany(p => p.Minutes.Select(m => (p.PackId, m.TimeMs, m.Body))).ToArray();
        Do("INSERT INTO packs (name, epoch, seq, missing) SELECT DISTINCT unnest($1), $2, 0, 0 ON CONFLICT DO NOTHING", all.Select(m => m.PackId).ToArray(), Checkpoint.None.Epoch);
        Do("INSERT INTO minutes SELECT packs.id, m.time_ms, m.body FROM unnest($1, $2, $3) AS m(name, time_ms, body) JOIN packs ON packs.name = m.name ON CONFLICT (pack, time_ms) DO UPDATE SET body = excluded.body",
            all.Select(m => m.PackId).ToArray(), all.Select(m => m.TimeMs).ToArray(), all.Select(m => m.Body).ToArray());
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredMinute> Minutes(string pack, long fromMs, long toMs) => List(
        "SELECT time_ms, body FROM minutes WHERE pack = (SELECT id FROM packs WHERE name = $1) AND time_ms >= $2 AND time_ms < $3 ORDER BY time_ms", rows => new StoredMinute(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)), pack, fromMs, toMs);

    /// <inheritdoc/>
    public StoredEstimator? Estimator(string pack) =>
        List("SELECT epoch, seq, time_ms, body FROM estimators WHERE pack = (SELECT id FROM packs WHERE name = $1)", rows => new StoredEstimator(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3)), pack).FirstOrDefault();

    /// <inheritdoc/>
    public bool KeepEstimator(string pack, StoredEstimator known) => Do(
        """
        INSERT INTO estimators SELECT id, $3, $4, $5, $6 FROM packs WHERE name = $1 AND ($2 = 0 OR claim = $2)
        ON CONFLICT (pack) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, time_ms = excluded.time_ms, body = excluded.body
        """,
        pack, known.Claim, known.Epoch, known.Seq, known.TimeMs, known.Body) == 1;

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most, IReadOnlyCollection<string>? among = null) => List(
        $"SELECT {EventColumns} FROM events JOIN packs ON packs.id = pack WHERE ($1 = '' OR packs.name = $1) AND ($3 OR packs.name = ANY($4)){(openOnly ? " AND (cleared IS NULL OR acknowledged IS NULL)" : "")} ORDER BY raised DESC, events.id DESC LIMIT $2",
        rows => new StoredEvent(
            rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3), [Number(rows, 4), Number(rows, 5)], rows.GetBoolean(6), rows.GetInt64(7), Whole(rows, 8), Whole(rows, 9), rows.GetString(10), rows.GetString(11),
            rows.GetString(12) is { Length: > 0 } rule ? new(rule, rows.GetInt32(13), rows.GetString(14), rows.GetString(15), rows.GetString(16)) : null),
        pack ?? "", most, among is null, Names(among));

    /// <inheritdoc/>
    public void Raise(string pack, RuleText rule, double[] measuredValues, long nowMs)
    {
        Know(pack);
        Do("INSERT INTO events (pack, fault, place, value, threshold, is_tap, raised, rule, level, text, advice, unit) SELECT id, -1, -1, $2, $3, false, $4, $5, $6, $7, $8, $9 FROM packs WHERE name = $1",
            pack, Finite(measuredValues[0]), Finite(measuredValues[1]), nowMs, rule.Name, rule.Level, rule.Text, rule.Advice, rule.Unit);
    }

    /// <inheritdoc/>
    public void Clear(string pack, string ruleName, long nowMs) =>
        Do("UPDATE events SET cleared = $1 WHERE pack = (SELECT id FROM packs WHERE name = $2) AND rule = $3 AND cleared IS NULL", nowMs, pack, ruleName);

    /// <inheritdoc/>
    public bool Acknowledge(long eventId, long nowMs, string by, string comment, IReadOnlyCollection<string>? among = null) =>
        Do("UPDATE events SET acknowledged = $1, acknowledged_by = $2, comment = $3 WHERE id = $4 AND acknowledged IS NULL AND ($5 OR pack IN (SELECT id FROM packs WHERE name = ANY($6)))", nowMs, by, comment, eventId, among is null, Names(among)) == 1;

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    // A pack has a number from the first word of it, also where no record of it came yet.
    void Know(string pack) => Do("INSERT INTO packs (name, epoch, seq, missing) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING", pack, Checkpoint.None.Epoch);

    int Do(string text, params ReadOnlySpan<object> values)
    {
        using var command = _source.CreateCommand(text);
        foreach (object value in values) command.Parameters.AddWithValue(value);
        return command.ExecuteNonQuery();
    }

    List<T> List<T>(string text, Func<NpgsqlDataReader, T> row, params ReadOnlySpan<object> values)
    {
        using var command = _source.CreateCommand(text);
        foreach (object value in values) command.Parameters.AddWithValue(value);
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read()) all.Add(row(rows));
        return all;
    }

    static Record RecordOf(NpgsqlDataReader rows, int at) => new(rows.GetInt64(at), rows.GetInt64(at + 1), (RecordKind)rows.GetInt16(at + 2), rows.GetInt64(at + 3), rows.GetFieldValue<byte[]>(at + 4));

    static string[] Names(IReadOnlyCollection<string>? among) => [.. among ?? []];

    static object Finite(double value) => double.IsFinite(value) ? value : DBNull.Value;

    static double Number(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? double.NaN : rows.GetDouble(column);

    static long? Whole(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt64(column);
}
