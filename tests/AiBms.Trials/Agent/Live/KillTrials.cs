using AiBms.Battery.Estimation;
using AiBms.Telemetry.Frames;
using AiBms.Trials.Server;
using Microsoft.Data.Sqlite;

namespace AiBms.Trials.Agent.Live;

/// <summary>Agent and server as separate processes, killed at seeded moments: nothing acknowledged is lost, nothing is stored twice, estimates go on.</summary>
public sealed class KillTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "car-1";

    /// <summary>The search for the start is over after this; from then on checkpoints hold the whole state, s of the pack.</summary>
    const double SettledS = 130, SpeedFactor = 20;

    const int EarlyKill = 7, LongestMs = 800;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task TenKillsLoseNothing(int seed) => KillAsync(10, seed);

    [Fact]
    [Trait("Long", "kills")]
    public Task FiftyKillsLoseNothing() => KillAsync(50, seed: 12);

    async Task KillAsync(int kills, int seed)
    {
        var stop = TestContext.Current.CancellationToken;
        (int port, int mqttPort) = (RunningServer.FreePort(), RunningServer.FreePort());
        string config = Path.Combine(_folder, "agent.json");
        await File.WriteAllTextAsync(config, $$"""
            { "pack": { "id": "{{Pack}}", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator", "speedFactor": {{SpeedFactor}} },
              "journal": { "path": "journal.db" }, "server": { "url": "mqtt://127.0.0.1:{{mqttPort}}" }, "checkpointS": 1 }
            """, stop);
        using RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config);
        using RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", _folder, "--port", RunningServer.Text(port), "--mqtt-port", RunningServer.Text(mqttPort));
        var random = new Random(seed);
        server.Start();
        agent.Start();
        await server.SaysAsync("ready", stop);
        // Whole checkpoints from here on: what the agent has told by now is of a settled pack. By its clock: a second has more than one record.
        while (StoredS() < SettledS) await Task.Delay(50, stop);
        long acknowledged = Acknowledged();
        for (int kill = 0; kill < kills; kill++)
        {
            // Mostly in the midst of work, however slow the machine is; now and then before it has begun again.
            if (kill % EarlyKill != 0) acknowledged = await SentAsync(acknowledged + 1, stop);
            await Task.Delay(random.Next(0, LongestMs), stop);
            bool isBoth = kill % 3 == 2;
            if (kill % 3 != 1) agent.Kill();
            if (kill % 3 != 0) server.Kill();
            // Only where both are down: looking would mend the journal before the agent has to.
            if (isBoth) acknowledged = Compare(acknowledged);
            if (kill % 3 != 0) server.Start();
            if (kill % 3 != 1) agent.Start();
        }

        await SentAsync(acknowledged + 1, stop);

        // It can hear SIGTERM once it has said what it does.
        await agent.SaysAsync("journal", stop);
        Assert.Equal(0, await agent.EndAsync(stop));
        server.Kill();
        acknowledged = Compare(acknowledged);
        output.WriteLine($"{kills} kills, {acknowledged} records acknowledged, {Restarts()} starts of the agent");
        Assert.True(acknowledged > SettledS + kills / 2, "hardly anything was sent");
        GoesOn();
    }

    /// <summary>Waits until the agent knows of so many records that they are durable.</summary>
    async Task<long> SentAsync(long count, CancellationToken stop)
    {
        long known;
        while ((known = Acknowledged()) < count) await Task.Delay(50, stop);
        return known;
    }

    /// <summary>How long a time of the pack is stored, s; it may be read while the server writes it.</summary>
    double StoredS()
    {
        try
        {
            return Ask("store.db", "SELECT max(time_ms) - min(time_ms) FROM records WHERE kind = 1") is [[long spanMs], ..] ? 1e-3 * spanMs : 0;
        }
        catch (SqliteException)
        {
            // Busy for once.
            return 0;
        }
    }

    /// <summary>What the journal knows as acknowledged; it may be read while an agent writes it.</summary>
    long Acknowledged()
    {
        if (!File.Exists(Path.Combine(_folder, "journal.db"))) return 0;
        try
        {
            return Ask("journal.db", "SELECT acknowledged FROM packs") is [[long known], ..] ? known : 0;
        }
        catch (SqliteException)
        {
            // Not made yet, or busy for once.
            return 0;
        }
    }

    /// <summary>Both are down: what the journal knows as acknowledged must be in the store, each number once, without gap.</summary>
    long Compare(long before)
    {
        long acknowledged = (long)Ask("journal.db", "SELECT acknowledged FROM packs")[0][0], epoch = (long)Ask("journal.db", "SELECT epoch FROM packs")[0][0];
        long[] stored = [.. Ask("store.db", "SELECT seq FROM records WHERE seq = seq_end ORDER BY epoch, seq").Select(r => (long)r[0])];
        Assert.Equal([epoch], Ask("store.db", "SELECT DISTINCT epoch FROM records").Select(r => (long)r[0]));
        Assert.Equal(Enumerable.Range(1, stored.Length).Select(k => (long)k), stored);
        Assert.True(stored.Length >= acknowledged, $"{acknowledged} were acknowledged, {stored.Length} are stored");
        Assert.True(acknowledged >= before, $"the journal went back from {before} to {acknowledged}");
        return acknowledged;
    }

    /// <summary>After each start that followed a whole checkpoint the estimate is there within two seconds of the agent's time, and where it was.</summary>
    void GoesOn()
    {
        double lastSoc = double.NaN;
        long startMs = -1, starts = 0;
        foreach (object[] row in Ask("store.db", "SELECT kind, time_ms, body FROM records WHERE kind IN (1, 5) ORDER BY seq"))
        {
            long timeMs = (long)row[1];
            if ((long)row[0] == (long)RecordKind.Card)
            {
                startMs = double.IsNaN(lastSoc) ? -1 : timeMs;
                continue;
            }

            var frame = PackFrame.Of((byte[])row[2]);
            if (startMs >= 0 && timeMs - startMs <= 2000)
            {
                // Valid, or the same a while after a gap: not searching anew.
                Assert.True((SocValidity)frame.ValidityCode is SocValidity.Valid or SocValidity.AfterGap, $"{(SocValidity)frame.ValidityCode} after a start");
                Assert.InRange(frame.SocDeviation, 0, 0.08);
                Assert.Equal(lastSoc, frame.Soc, 0.08);
                (startMs, starts) = (-1, starts + 1);
            }

            Assert.True(startMs < 0, $"no estimate within 2 s of the start at {startMs}");
            lastSoc = frame.Soc;
        }

        output.WriteLine($"{starts} starts went on from a checkpoint");
        Assert.True(starts > 0, "the agent was never started again");
    }

    long Restarts() => (long)Ask("store.db", "SELECT COUNT(*) FROM records WHERE kind = 5")[0][0];

    List<object[]> Ask(string file, string question)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, file), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var rows = command.ExecuteReader();
        List<object[]> found = [];
        while (rows.Read())
        {
            object[] row = new object[rows.FieldCount];
            rows.GetValues(row);
            found.Add(row);
        }

        return found;
    }
}
