using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Server;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Agent.Live;

/// <summary>The other way to the server: batches by HTTP, and what an agent does alone.</summary>
public sealed class WayTrials : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-way-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ABatchByHttpIsDurableOrRefusedWithAReason()
    {
        var stop = TestContext.Current.CancellationToken;
        int port = RunningServer.FreePort();
        using RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", _folder, "--port", RunningServer.Text(port), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()));
        server.Start();
        await server.SaysAsync("ready", stop);
        string secret = server.Said.Find(line => line.Contains("'admin' with ", StringComparison.Ordinal))!.Split("'admin' with ")[1].Split(' ')[0];
        Uri address = new($"http://127.0.0.1:{RunningServer.Text(port)}/");
        RecordBatch good = new("car-1", 1, [new Record(1, 1, RecordKind.Frame, 5, new PackFrame { CurrentA = -7 }.ToBytes())]);

        await using HttpLink stranger = new(address, "car-1", "admin", "not-the-secret", s_patience), agent = new(address, "car-1", "admin", secret, s_patience), other = new(address, "car-2", "admin", secret, s_patience);
        Assert.Equal(SendOutcome.Unreachable, await stranger.SendAsync(good, stop));
        Assert.Contains("401", stranger.LastProblem, StringComparison.Ordinal);
        Assert.Equal(SendOutcome.Refused, await other.SendAsync(good, stop));
        Assert.Contains("is of pack car-1", other.LastProblem, StringComparison.Ordinal);
        Assert.Equal(SendOutcome.Refused, await agent.SendAsync(good with { Records = [new(2, 2, RecordKind.Frame, 5, [0xFF])] }, stop));
        Assert.Equal(SendOutcome.Durable, await agent.SendAsync(good, stop));
        Assert.Equal(SendOutcome.Durable, await agent.SendAsync(good, stop));
        server.Kill();
        Assert.Equal(SendOutcome.Unreachable, await agent.SendAsync(good, stop));
        using SqliteStore store = new(Path.Combine(_folder, "store.db"));
        Assert.Equal(-7, PackFrame.Of(Assert.Single(store.Frames("car-1", 0, long.MaxValue, 10)).Body).CurrentA);
    }

    /// <summary>A CAN log through the agent's own program, without a server: it ends by itself, and its commands are frames of the map's messages.</summary>
    [Fact]
    public async Task ACanLogIsPlayedAndCommanded()
    {
        var stop = TestContext.Current.CancellationToken;
        string home = House.Clone.Root, log = Path.Combine(_folder, "bus.log"), commands = Path.Combine(_folder, "commands.log"), config = Path.Combine(_folder, "agent.json");
        CanBus.Write(Path.Combine(home, "packs", "can", "ev_96s2p_immersion.dbc"), log, forS: 30);
        await File.WriteAllTextAsync(config, $$"""
            { "pack": { "id": "car-1", "layout": "ev_96s2p_immersion" }, "journal": { "path": "journal.db" },
              "source": { "kind": "CanLog", "file": "bus.log", "map": "{{Path.Combine(home, "packs", "can", "ev_96s2p_immersion.json")}}", "commands": "commands.log", "speedFactor": 0 } }
            """, stop);
        using RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config);
        long startMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        agent.Start();
        Assert.Equal(0, await agent.WaitAsync(stop));
        using AiBms.Telemetry.Journal.PackJournal journal = new(new() { Path = Path.Combine(_folder, "journal.db") }, TimeProvider.System);
        var records = journal.Waiting("car-1", 0, int.MaxValue).Where(r => r.Kind == RecordKind.Frame).ToList();
        // The log counts from the epoch, and is played as if it were of now.
        Assert.InRange(records[0].TimeMs, startMs, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1000);
        var frames = records.Select(r => PackFrame.Of(r.Body)).ToList();
        Assert.InRange(frames.Count, 28, 32);
        var last = frames[^1];
        Assert.All(last.CellVoltageV, (v, n) => Assert.Equal(CanBus.CellV(n), v, 0.001));
        Assert.All(last.ProbeDegC, t => Assert.Equal(CanBus.ProbeDegC, t, 0.05));
        Assert.Equal(CanBus.CurrentA, last.CurrentA, 0.026);
        string[] sent = await File.ReadAllLinesAsync(commands, stop);
        // Each step sends command, heat and two messages of bleeding.
        Assert.Equal([0x200u, 0x201u, 0x202u, 0x203u], sent.Select(l => Convert.ToUInt32(l.Split(' ')[2].Split('#')[0], 16)).Distinct().Order());
        Assert.Contains(sent, l => l.Contains(" 200#", StringComparison.Ordinal) && (Convert.ToByte(l.Split('#')[1][..2], 16) & 2) != 0);
    }

    [Fact]
    public async Task AnEmptyCanLogIsRefused()
    {
        var stop = TestContext.Current.CancellationToken;
        string config = Path.Combine(_folder, "agent.json");
        await File.WriteAllTextAsync(Path.Combine(_folder, "bus.log"), "", stop);
        await File.WriteAllTextAsync(config, $$"""
            { "pack": { "id": "car-1", "layout": "ev_96s2p_immersion" }, "journal": { "path": "journal.db" },
              "source": { "kind": "CanLog", "file": "bus.log", "map": "{{Path.Combine(House.Clone.Root, "packs", "can", "ev_96s2p_immersion.json")}}" } }
            """, stop);
        using RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config);
        agent.Start();
        Assert.Equal(3, await agent.WaitAsync(stop));
        Assert.Contains(agent.Said, line => line.Contains("no frame", StringComparison.Ordinal));
    }
}
