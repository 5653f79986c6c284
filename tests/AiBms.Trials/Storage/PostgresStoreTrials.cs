using AiBms.Storage;
using AiBms.Storage.Postgres;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Tests.Storage;
using Npgsql;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Storage;

/// <summary>The store of a fleet, on a real server: the contract of every store, and what only a server can do to it.</summary>
public sealed class PostgresStoreTrials(PostgresServer server, ITestOutputHelper output) : ReadingStoreContract, IClassFixture<PostgresServer>
{
    const long WeekMs = 7L * 24 * 3600 * 1000;

    static readonly long s_nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    string? _database;

    protected override IReadingStore Open() => OpenOwn();

    PostgresStore OpenOwn() => new(_database ??= server.NewDatabase(), TimeProvider.System);

    [Fact]
    public void FiguresOfAFrameAreInColumns()
    {
        using var store = OpenOwn();
        store.Write([new("car", 1, [new(1, 1, RecordKind.Frame, s_nowMs, new PackFrame { CurrentA = -12.5, VoltageV = 355.2, Soc = 0.5, HotSpotDegC = 31.5, CellVoltageV = [3.7, double.NaN, 3.698], ProbeDegC = [25.5] }.ToBytes())])]);
        using var source = NpgsqlDataSource.Create(_database!);
        using var command = source.CreateCommand("SELECT current_a, voltage_v, soc, hot_spot_degc, cell_mv, probe_ddegc FROM records");
        using var rows = command.ExecuteReader();
        Assert.True(rows.Read());
        Assert.Equal((-12.5f, 355.2f, 0.5f, 31.5f), (rows.GetFloat(0), rows.GetFloat(1), rows.GetFloat(2), rows.GetFloat(3)));
        Assert.Equal([3700, null, 3698], rows.GetFieldValue<short?[]>(4));
        Assert.Equal([255], rows.GetFieldValue<short[]>(5));
    }

    [Fact]
    public void WeeksAreMadeAsTheyComeAndDroppedWhenTheyAreOld()
    {
        using var store = OpenOwn();
        // Four weeks, and two clocks that are wrong: those make no partition.
        long[] times = [s_nowMs - 3 * WeekMs, s_nowMs - 2 * WeekMs, s_nowMs - WeekMs, s_nowMs, 5, s_nowMs + 100 * WeekMs];
        store.Write([new("car", 1, [.. times.Select((t, k) => Frame(k + 1, t))])]);
        Assert.Equal(6, Count("records"));
        Assert.Equal(2, Count("records_other"));
        store.DropBefore(s_nowMs / WeekMs * WeekMs - WeekMs);
        Assert.Equal(4, Count("records"));
        Assert.Equal([5, s_nowMs - WeekMs, s_nowMs, s_nowMs + 100 * WeekMs], store.Frames("car", 0, long.MaxValue, 10).Select(r => r.TimeMs));
        // What was dropped and comes again is not new: the checkpoint knows it.
        Assert.Empty(store.Write([new("car", 1, [Frame(1, times[0])])])[0]);
    }

    /// <summary>A server that the cluster has given up on writes nothing more, while it still believes that the pack is its own.</summary>
    [Fact]
    public void WhoeverLostAPackWritesNothingOfItAnyMore()
    {
        using var old = OpenOwn();
        using var present = OpenOwn();
        long lost = old.Claim("car"), held = present.Claim("car");
        Assert.True(held > lost);
        Assert.Equal([null, [2]], old.WriteClaimed([new(new("car", 1, [Frame(1, s_nowMs)]), lost), new(new("van", 1, [Frame(2, s_nowMs)]), 0)]).Select(a => a?.Select(r => r.Seq)));
        Assert.False(old.KeepEstimator("car", new(1, 1, s_nowMs, [1], lost)));
        Assert.Null(present.Estimator("car"));
        Assert.Equal([1], present.WriteClaimed([new(new("car", 1, [Frame(1, s_nowMs)]), held)])[0]!.Select(r => r.Seq));
        Assert.True(present.KeepEstimator("car", new(1, 1, s_nowMs, [2], held)));
        Assert.False(old.KeepEstimator("car", new(1, 1, s_nowMs, [3], lost)));
        Assert.Equal([2], present.Estimator("car")!.Body);
    }

    [Fact]
    public async Task TwoServersThatAreSentTheSameStoreItOnce()
    {
        using var one = OpenOwn();
        using var two = OpenOwn();
        RecordBatch[] batches = [.. Enumerable.Range(0, 200).Select(n => new RecordBatch($"car-{n % 7}", 1, [.. Enumerable.Range(0, 20).Select(k => Frame(n / 7 * 20 + k + 1, s_nowMs + k))]))];
        int added = 0;
        // Each in groups of its own, packs in another order: neither may wait for the other for ever.
        async Task Send(PostgresStore store, int group, bool isReversed)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            foreach (var part in batches.Chunk(group)) Interlocked.Add(ref added, store.Write(isReversed ? [.. part.OrderByDescending(b => b.PackId).ThenBy(b => b.Records[0].Seq)] : part).Sum(a => a.Count));
        }

        await Task.WhenAll(Send(one, 14, false), Send(two, 21, true));
        Assert.Equal(4000, added);
        Assert.Equal(4000, Count("records"));
        Assert.All(one.Packs(), pack => Assert.Equal(0, pack.MissingCount));
    }

    /// <summary>Five kills −9 of the database in the middle of writing: what was acknowledged is there, each number once.</summary>
    [Fact]
    public async Task NothingAcknowledgedIsLostWhenTheDatabaseIsKilled()
    {
        var random = new Random(3);
        long acknowledged = 0;
        OpenOwn().Dispose();
        for (int round = 0; round < 5; round++)
        {
            using (var store = OpenOwn())
            {
                Write(store, 1);
                var killing = Task.Delay(random.Next(5, 150), TestContext.Current.CancellationToken).ContinueWith(_ => server.Kill(), TaskScheduler.Default);
                Assert.ThrowsAny<System.Data.Common.DbException>((Action)(() =>
                {
                    while (true) Write(store, random.Next(1, 30));
                }));
                await killing;
            }

            server.Start();
            using var again = OpenOwn();
            var stored = again.Frames("car", 0, long.MaxValue, int.MaxValue).Select(r => r.Seq).ToArray();
            Assert.Equal(Enumerable.Range(1, stored.Length).Select(k => (long)k), stored);
            Assert.True(stored.Length >= acknowledged, $"{acknowledged} were acknowledged, {stored.Length} are stored");
        }

        output.WriteLine($"{acknowledged} records acknowledged over five kills of the database");
        Assert.True(acknowledged > 100, "hardly anything was sent");

        void Write(PostgresStore store, int count)
        {
            store.Write([new("car", 1, [.. Enumerable.Range(1, count).Select(k => Frame(acknowledged + k, s_nowMs + acknowledged + k))])]);
            acknowledged += count;
        }
    }

    [Fact]
    public void WhatCannotBeOpenedIsOneSentence()
    {
        Assert.SkipWhen(server.Obstacle is not null, server.Obstacle ?? "");
        foreach (string address in (string[])["nonsense", "Host=127.0.0.1;Port=1;Database=none;Username=postgres;Timeout=1", (_database ??= server.NewDatabase()).Replace("trial", "absent", StringComparison.Ordinal)])
        {
            var problem = Assert.Throws<DataException>(() => new PostgresStore(address, TimeProvider.System));
            Assert.DoesNotContain('\n', problem.Message);
        }
    }

    /// <summary>A database as each older program left it, with a record in it: brought up to date, and the record is there.</summary>
    [Fact]
    public void AnOlderDatabaseIsBroughtUpToDate()
    {
        // What the steps after it added, newest first.
        string[] later =
        [
            "DROP TABLE sessions, keys, tries",
            "DROP TABLE books, users, tokens, certificates, fleets, texts, audit",
            "ALTER TABLE packs DROP COLUMN claim; DROP TABLE estimators, clusters, silos",
        ];
        for (int back = 1; back <= later.Length; back++)
        {
            _database = server.NewDatabase();
            using (var store = OpenOwn()) store.Write([new("car", 1, [Frame(1, s_nowMs)])]);
            string now = Tables();
            Do(string.Join("; ", later[..back]) + $"; DELETE FROM steps WHERE number > {later.Length + 1 - back}");
            Assert.NotEqual(now, Tables());
            using var again = OpenOwn();
            Assert.Equal(now, Tables());
            Assert.Equal([1L], again.Frames("car", 0, long.MaxValue, 10).Select(r => r.Seq));
            Assert.Single(again.Write([new("car", 1, [Frame(1, s_nowMs), Frame(2, s_nowMs + 1)])])[0]);
            Assert.True(again.Claim("car") > 0);
        }
    }

    [Fact]
    public void ADatabaseOfANewerProgramIsRefused()
    {
        using (OpenOwn()) Do("INSERT INTO steps (number) VALUES (1000)");
        Assert.Contains("opened by a newer program, update this one", Assert.Throws<DataException>(OpenOwn).Message, StringComparison.Ordinal);
    }

    /// <summary>Every column with its kind, and every index.</summary>
    string Tables()
    {
        using var source = NpgsqlDataSource.Create(_database!);
        using var command = source.CreateCommand("""
            SELECT string_agg(line, E'\n' ORDER BY line) FROM (
              SELECT format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) AS line FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public') AS lines
            """);
        return (string)command.ExecuteScalar()!;
    }

    void Do(string text)
    {
        using var source = NpgsqlDataSource.Create(_database!);
        using var command = source.CreateCommand(text);
        command.ExecuteNonQuery();
    }

    long Count(string table)
    {
        using var source = NpgsqlDataSource.Create(_database!);
        using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)command.ExecuteScalar()!;
    }

    static Record Frame(long seq, long timeMs) => new(seq, seq, RecordKind.Frame, timeMs, new PackFrame { CurrentA = seq }.ToBytes());
}
