using System.Globalization;
using Npgsql;

namespace AiBms.Storage.Postgres;

/// <summary>Records lie in partitions of a week each, so that what is too old goes at once. Times that no clock should show lie in one of their own.</summary>
sealed class Weeks
{
    const long WeekMs = 7L * 24 * 3600 * 1000;

    /// <summary>2020-01-01 and 2100-01-01: outside a clock is wrong, and whoever sends such times cannot make partitions.</summary>
    const long FirstMs = 1_577_836_800_000, LastMs = 4_102_444_800_000;

    readonly HashSet<long> _known = [];

    /// <summary>Makes the partitions that records need. To be called before the transaction that writes them, since a partition changes the table for everybody.</summary>
    /// <param name="source">Where.</param>
    /// <param name="timesMs">Times of the records, ms since 1970.</param>
    /// <param name="nowMs">Now: later than a week from here is a wrong clock too.</param>
    public void Prepare(NpgsqlDataSource source, IEnumerable<long> timesMs, long nowMs)
    {
        foreach (long week in timesMs.Where(t => t is >= FirstMs and < LastMs && t < nowMs + WeekMs).Select(t => t / WeekMs).Distinct().Where(week => !_known.Contains(week)).ToArray())
        {
            using var command = source.CreateCommand(Make(week));
            command.ExecuteNonQuery();
            _known.Add(week);
        }
    }

    /// <summary>Drops the weeks that ended before a time.</summary>
    public void Drop(NpgsqlDataSource source, long beforeMs)
    {
        List<string> old = [];
        using (var command = source.CreateCommand("SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'records'::regclass AND relname ~ '^records_w[0-9]+$'"))
        using (var rows = command.ExecuteReader())
            while (rows.Read())
                if ((long.Parse(rows.GetString(0)["records_w".Length..], CultureInfo.InvariantCulture) + 1) * WeekMs <= beforeMs) old.Add(rows.GetString(0));
        foreach (string name in old)
        {
            using var command = source.CreateCommand($"DROP TABLE {name}");
            command.ExecuteNonQuery();
        }

        _known.Clear();
    }

    /// <summary>Two servers may want the same week at once, and the rest may hold rows of it that came before the clock was right: those move.</summary>
    static string Make(long week) => string.Create(CultureInfo.InvariantCulture, $"""
        DO $$ BEGIN
          PERFORM pg_advisory_xact_lock({WeekMs});
          IF to_regclass('records_w{week}') IS NULL THEN
            CREATE TABLE records_w{week} (LIKE records INCLUDING DEFAULTS);
            WITH moved AS (DELETE FROM records_other WHERE time_ms >= {week * WeekMs} AND time_ms < {(week + 1) * WeekMs} RETURNING *) INSERT INTO records_w{week} SELECT * FROM moved;
            ALTER TABLE records ATTACH PARTITION records_w{week} FOR VALUES FROM ({week * WeekMs}) TO ({(week + 1) * WeekMs});
          END IF;
        END $$;
        """);
}
