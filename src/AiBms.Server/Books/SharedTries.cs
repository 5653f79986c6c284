using Npgsql;

namespace AiBms.Server.Books;

/// <summary>Wrong passwords of this minute, counted by all servers on the store's database. Minutes are the database's, whatever the clocks of servers say.</summary>
/// <exception cref="System.Data.Common.DbException">From every member: the database cannot be reached.</exception>
sealed class SharedTries(NpgsqlDataSource source)
{
    const string Minute = "floor(extract(epoch FROM now()) / 60)::bigint";

    /// <summary>The highest count of some keys.</summary>
    public int Most(string[] keys)
    {
        using var command = source.CreateCommand($"SELECT coalesce(max(count), 0) FROM tries WHERE minute = {Minute} AND key = ANY($1)");
        command.Parameters.AddWithValue(keys);
        return (int)command.ExecuteScalar()!;
    }

    /// <summary>Counts one more of each key. What is older than this minute goes.</summary>
    public void Add(string[] keys)
    {
        // In one order: two servers that count the same keys wait for, not upon, each other.
        using var command = source.CreateCommand($"""
            WITH old AS (DELETE FROM tries WHERE key IN (SELECT key FROM tries WHERE minute < {Minute} AND key <> ALL($1) FOR UPDATE SKIP LOCKED))
            INSERT INTO tries SELECT key, {Minute}, 1 FROM unnest($1) AS key ORDER BY key COLLATE "C"
            ON CONFLICT (key) DO UPDATE SET minute = excluded.minute, count = CASE WHEN tries.minute = excluded.minute THEN tries.count + 1 ELSE 1 END
            """);
        command.Parameters.AddWithValue(keys);
        command.ExecuteNonQuery();
    }
}
