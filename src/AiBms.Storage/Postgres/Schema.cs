using AiBms.Telemetry;
using Npgsql;

namespace AiBms.Storage.Postgres;

/// <summary>The tables of the store, in steps that are each taken once: a store of an older program is brought up to date when it is opened.</summary>
static class Schema
{
    /// <summary>One opener at a time changes the tables ("AiBms" as a number).</summary>
    const long LockKey = 0x41_69_42_6D_73;

    /// <summary>Steps are only ever added: a step that was released is not changed.</summary>
    static readonly string[] s_steps =
    [
        """
        CREATE TABLE packs (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, epoch bigint NOT NULL, seq bigint NOT NULL, missing bigint NOT NULL);
        CREATE TABLE records (
          pack integer NOT NULL, epoch bigint NOT NULL, seq bigint NOT NULL, seq_end bigint NOT NULL, kind smallint NOT NULL, time_ms bigint NOT NULL, body bytea NOT NULL,
          current_a real, voltage_v real, soc real, hot_spot_degc real, cell_mv smallint[], probe_ddegc smallint[]) PARTITION BY RANGE (time_ms);
        CREATE UNIQUE INDEX records_once ON records (pack, epoch, seq, time_ms);
        CREATE INDEX records_by_time ON records (pack, kind, time_ms);
        CREATE TABLE records_other PARTITION OF records DEFAULT;
        CREATE TABLE minutes (pack integer NOT NULL, time_ms bigint NOT NULL, body bytea NOT NULL, PRIMARY KEY (pack, time_ms));
        CREATE TABLE events (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pack integer NOT NULL, fault integer NOT NULL, place integer NOT NULL, value double precision, threshold double precision, is_tap boolean NOT NULL,
          raised bigint NOT NULL, cleared bigint, acknowledged bigint, acknowledged_by text NOT NULL DEFAULT '', comment text NOT NULL DEFAULT '',
          rule text NOT NULL DEFAULT '', level integer NOT NULL DEFAULT 0, text text NOT NULL DEFAULT '', advice text NOT NULL DEFAULT '', unit text NOT NULL DEFAULT '');
        CREATE INDEX events_by_pack ON events (pack, raised);
        COMMENT ON TABLE records IS 'What packs sent, each record once; body is the record as it came, the columns are its figures for queries (current positive while charging).';
        COMMENT ON COLUMN records.cell_mv IS 'voltage of each cell, mV; null where missing';
        COMMENT ON COLUMN records.probe_ddegc IS 'temperature of each probe, tenths of a degree; null where missing';
        """,
        """
        ALTER TABLE packs ADD COLUMN claim bigint NOT NULL DEFAULT 0;
        COMMENT ON COLUMN packs.claim IS 'rises whenever a server of a cluster takes the pack over; whoever has an older one writes nothing of it any more';
        CREATE TABLE estimators (pack integer PRIMARY KEY, epoch bigint NOT NULL, seq bigint NOT NULL, time_ms bigint NOT NULL, body bytea NOT NULL);
        COMMENT ON TABLE estimators IS 'what the server''s own estimator knew of a pack after record seq: it goes on from there';
        CREATE TABLE clusters (name text PRIMARY KEY, version integer NOT NULL);
        CREATE TABLE silos (
          cluster text NOT NULL, address text NOT NULL, status smallint NOT NULL, silo text NOT NULL, host text NOT NULL, started timestamptz NOT NULL, alive timestamptz NOT NULL,
          suspectors text[] NOT NULL, suspected timestamptz[] NOT NULL, etag bigint NOT NULL, PRIMARY KEY (cluster, address));
        COMMENT ON TABLE silos IS 'the servers of a cluster, as they see each other';
        """,
        """
        CREATE TABLE books (name text PRIMARY KEY, version bigint NOT NULL);
        COMMENT ON TABLE books IS 'the servers'' own books (users, devices, texts, audit): the version rises with each change, and whoever changes a book holds its row';
        CREATE TABLE users (name text PRIMARY KEY, role integer NOT NULL, hash text NOT NULL, stamp text NOT NULL, fleet text NOT NULL DEFAULT '');
        CREATE UNIQUE INDEX users_by_name ON users (lower(name));
        CREATE TABLE tokens (hash text PRIMARY KEY, pack text NOT NULL, fleet text NOT NULL, until bigint NOT NULL);
        CREATE TABLE certificates (serial text PRIMARY KEY, pack text NOT NULL, until bigint NOT NULL, revoked bigint, revoked_by text NOT NULL DEFAULT '');
        CREATE TABLE fleets (pack text PRIMARY KEY, fleet text NOT NULL);
        CREATE TABLE texts (name text PRIMARY KEY, body text NOT NULL);
        CREATE TABLE audit (number bigint PRIMARY KEY, hash text NOT NULL, entry text NOT NULL);
        COMMENT ON TABLE audit IS 'who did what, on every server: hash is SHA-256 of the hash before, a newline and the entry';
        """,
        """
        CREATE TABLE sessions (hash text PRIMARY KEY, name text NOT NULL, until bigint NOT NULL);
        COMMENT ON TABLE sessions IS 'who is signed in with a browser, on any server: hash is SHA-256 of the secret number in the cookie';
        CREATE TABLE keys (name text PRIMARY KEY, body text NOT NULL);
        COMMENT ON TABLE keys IS 'what cookies and forms are sealed with, itself sealed with the servers'' authority';
        CREATE UNLOGGED TABLE tries (key text PRIMARY KEY, minute bigint NOT NULL, count integer NOT NULL);
        COMMENT ON TABLE tries IS 'wrong passwords of this minute, by address and by name';
        """,
    ];

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="DataException">The store is of a newer program, or does not keep what it commits.</exception>
    public static void Bring(NpgsqlDataSource source)
    {
        using var connection = source.OpenConnection();
        // A commit that the disk has not seen would make an acknowledgement a lie.
        if (Text(connection, "SHOW fsync") == "off") throw new DataException("The PostgreSQL server runs with fsync = off, so a loss of power loses what was acknowledged: switch it on in postgresql.conf.");
        using var transaction = connection.BeginTransaction();
        Do(connection, $"SELECT pg_advisory_xact_lock({LockKey}); CREATE TABLE IF NOT EXISTS steps (number integer PRIMARY KEY, taken timestamptz NOT NULL DEFAULT now());");
        int taken = int.Parse(Text(connection, "SELECT count(*) FROM steps"), System.Globalization.CultureInfo.InvariantCulture);
        if (taken > s_steps.Length) throw new DataException($"The store has had {taken} steps of change and this program knows {s_steps.Length}: it was opened by a newer program, update this one.");
        for (int step = taken; step < s_steps.Length; step++) Do(connection, s_steps[step] + $"INSERT INTO steps (number) VALUES ({step + 1});");
        transaction.Commit();
    }

    static void Do(NpgsqlConnection connection, string text)
    {
        using var command = new NpgsqlCommand(text, connection);
        command.ExecuteNonQuery();
    }

    static string Text(NpgsqlConnection connection, string text)
    {
        using var command = new NpgsqlCommand(text, connection);
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
