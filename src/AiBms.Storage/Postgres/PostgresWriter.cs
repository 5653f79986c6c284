using AiBms.Telemetry.Frames;
using Npgsql;

namespace AiBms.Storage.Postgres;

/// <summary>Takes batches in: checkpoints and records in one transaction, the packs' rows locked, so that two servers cannot both admit a batch.</summary>
sealed class PostgresWriter(NpgsqlDataSource source, TimeProvider clock)
{
    readonly Weeks _weeks = new();

    public IReadOnlyList<IReadOnlyList<Record>?> Write(IReadOnlyList<ClaimedBatch> batches)
    {
        _weeks.Prepare(source, batches.SelectMany(b => b.Batch.Records).Select(r => r.TimeMs), clock.GetUtcNow().ToUnixTimeMilliseconds());
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        var packs = Lock(connection, [.. batches.Select(b => b.Batch.PackId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        List<IReadOnlyList<Record>?> added = [];
        List<(int, long, Record)> fresh = [];
        foreach (var (batch, claim) in batches)
        {
            var (id, present, before) = packs[batch.PackId];
            if (claim != 0 && claim != present)
            {
                added.Add(null);
                continue;
            }

            var (after, candidates) = before.Admit(batch);
            packs[batch.PackId] = (id, present, after);
            IReadOnlyList<Record> admitted = batch.Epoch >= before.Epoch ? candidates : Absent(connection, id, batch.Epoch, candidates);
            fresh.AddRange(admitted.Select(record => (id, batch.Epoch, record)));
            added.Add(admitted);
            // An older journal twice in one group: the second must see the first.
            if (batch.Epoch < before.Epoch) Flush(connection, fresh);
        }

        Flush(connection, fresh);
        Keep(connection, packs.Values);
        for (int k = 0; k < batches.Count; k++)
            foreach (var record in (added[k] ?? []).Where(r => r.Kind == RecordKind.Fault)) Enter(connection, packs[batches[k].Batch.PackId].Id, record);
        transaction.Commit();
        return added;
    }

    /// <summary>Drops what ended before a time.</summary>
    public void Drop(long beforeMs) => _weeks.Drop(source, beforeMs);

    static void Flush(NpgsqlConnection connection, List<(int, long, Record)> fresh)
    {
        if (fresh.Count > 0) RecordCopy.Write(connection, fresh);
        fresh.Clear();
    }

    static Dictionary<string, (int Id, long Claim, Checkpoint At)> Lock(NpgsqlConnection connection, string[] names)
    {
        using (var command = Command(connection, "INSERT INTO packs (name, epoch, seq, missing) SELECT unnest($1), $2, 0, 0 ON CONFLICT DO NOTHING", names, Checkpoint.None.Epoch)) command.ExecuteNonQuery();
        // Always in the order of the names: two servers that lock the same packs wait for, not upon, each other.
        using var asked = Command(connection, "SELECT name, id, claim, epoch, seq, missing FROM packs WHERE name = ANY($1) ORDER BY name COLLATE \"C\" FOR UPDATE", (object)names);
        using var rows = asked.ExecuteReader();
        Dictionary<string, (int, long, Checkpoint)> packs = new(StringComparer.Ordinal);
        while (rows.Read()) packs[rows.GetString(0)] = (rows.GetInt32(1), rows.GetInt64(2), new(rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
        return packs;
    }

    static List<Record> Absent(NpgsqlConnection connection, int pack, long epoch, IReadOnlyList<Record> candidates)
    {
        using var command = Command(connection, "SELECT seq FROM records WHERE pack = $1 AND epoch = $2 AND seq = ANY($3)", pack, epoch, candidates.Select(r => r.Seq).ToArray());
        using var rows = command.ExecuteReader();
        HashSet<long> there = [];
        while (rows.Read()) there.Add(rows.GetInt64(0));
        return [.. candidates.Where(r => !there.Contains(r.Seq))];
    }

    static void Keep(NpgsqlConnection connection, IEnumerable<(int Id, long Claim, Checkpoint At)> packs)
    {
        var all = packs.ToArray();
        using var command = Command(connection, "UPDATE packs SET epoch = n.epoch, seq = n.seq, missing = n.missing FROM (SELECT unnest($1) AS id, unnest($2) AS epoch, unnest($3) AS seq, unnest($4) AS missing) AS n WHERE packs.id = n.id",
            Array.ConvertAll(all, p => p.Id), Array.ConvertAll(all, p => p.At.Epoch), Array.ConvertAll(all, p => p.At.Seq), Array.ConvertAll(all, p => p.At.MissingCount));
        command.ExecuteNonQuery();
    }

    static void Enter(NpgsqlConnection connection, int pack, Record record)
    {
        var fault = FaultEvent.Of(record.Body);
        using var command = fault.Begins
            ? Command(connection, "INSERT INTO events (pack, fault, place, value, threshold, is_tap, raised) VALUES ($1, $2, $3, $4, $5, $6, $7)", pack, fault.FaultCode, fault.Where, Finite(fault.MeasuredValues[0]), Finite(fault.MeasuredValues[1]), fault.IsTap, record.TimeMs)
            : Command(connection, "UPDATE events SET cleared = $1 WHERE pack = $2 AND fault = $3 AND rule = '' AND cleared IS NULL", record.TimeMs, pack, fault.FaultCode);
        command.ExecuteNonQuery();
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string text, params ReadOnlySpan<object> values)
    {
        NpgsqlCommand command = new(text, connection);
        foreach (object value in values) command.Parameters.AddWithValue(value);
        return command;
    }

    static object Finite(double value) => double.IsFinite(value) ? value : DBNull.Value;
}
