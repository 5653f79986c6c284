using System.Diagnostics;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AiBms.Trials.Server.Faults;

/// <summary>Agent, broker, server and PostgreSQL as processes, with links between them that can be made bad; a seed says what goes wrong, and when.</summary>
sealed class FaultRun : IDisposable
{
    const string Pack = "car-1", Broker = "/usr/sbin/mosquitto";
    const int LongestMs = 900;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-faults-").FullName;
    readonly PostgresServer _database;
    readonly string _address;
    readonly Random _random;
    readonly FaultProxy _toServer, _toDatabase;
    readonly RunningProgram _agent, _server;
    readonly int _brokerPort = RunningServer.FreePort();
    readonly bool _hasBroker;
    Process? _broker;
    long _acknowledged;

    public FaultRun(PostgresServer database, int seed, bool isPlanted = false)
    {
        (_database, _address, _random, _hasBroker) = (database, database.NewDatabase(), new(seed), seed % 2 == 1 && File.Exists(Broker));
        int mqttPort = RunningServer.FreePort();
        var told = new NpgsqlConnectionStringBuilder(_address);
        _toDatabase = new(told.Port, seed);
        told.Port = _toDatabase.Port;
        told.CommandTimeout = 5;
        _toServer = new(_hasBroker ? _brokerPort : mqttPort, seed + 1) { AnswersEarly = isPlanted };
        File.WriteAllText(Path.Combine(_folder, "agent.json"), $$"""
            { "pack": { "id": "{{Pack}}", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator", "speedFactor": 20 }, "journal": { "path": "journal.db" },
              "server": { "url": "mqtt://127.0.0.1:{{_toServer.Port}}", "isBroker": {{(_hasBroker ? "true" : "false")}} }, "checkpointS": 1 }
            """);
        File.WriteAllText(Path.Combine(_folder, "broker.conf"), $"listener {RunningServer.Text(_brokerPort)} 127.0.0.1\nlog_dest none\nallow_anonymous true\n");
        string[] broker = _hasBroker ? ["--broker", $"mqtt://127.0.0.1:{RunningServer.Text(_brokerPort)}"] : [];
        _agent = new("AiBms.Edge", "aibms-edge", "--config", Path.Combine(_folder, "agent.json"));
        _server = new("AiBms.Server", "aibms-server", ["serve", "--folder", Path.Combine(_folder, "server"), "--store", told.ToString(), "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(mqttPort), .. broker]);
    }

    /// <summary>What went wrong so far, in order.</summary>
    public List<string> Faults { get; } = [];

    public async Task<long> RunAsync(int faults, CancellationToken stop)
    {
        StartBroker();
        _server.Start();
        await _server.SaysAsync("ready", stop);
        _agent.Start();
        await SentAsync(5, stop);
        for (int k = 0; k < faults; k++)
        {
            await OnceAsync(stop);
            // Half of the time the next comes before all is well again.
            if (_random.Next(2) == 0) await SentAsync(_acknowledged + 1, stop);
        }

        await SentAsync(_acknowledged + 5, stop);
        await _agent.EndAsync(stop);
        Compare();
        return _acknowledged;
    }

    /// <summary>The database is out of reach, and before it comes back the server falls.</summary>
    public async Task RunPlantedAsync(CancellationToken stop)
    {
        _server.Start();
        await _server.SaysAsync("ready", stop);
        _agent.Start();
        await SentAsync(5, stop);
        _toDatabase.Fault = LinkFault.HalfOpen;
        await SentAsync(_acknowledged + 5, stop);
        _server.Kill();
        _toDatabase.Fault = LinkFault.None;
        _server.Start();
        await _server.SaysAsync("ready", stop);
        await SentAsync(_acknowledged + 5, stop);
        await _agent.EndAsync(stop);
    }

    async Task OnceAsync(CancellationToken stop)
    {
        (string name, Func<CancellationToken, Task> fault)[] all =
        [
            ("agent killed", async _ => { _agent.Kill(); await PauseAsync(stop); _agent.Start(); }),
            ("server killed", KillServerAsync),
            ("database killed", async _ => { _database.Kill(); await PauseAsync(stop); _database.Start(); }),
            ("agent stopped for a while", _ => RestAsync(_agent, stop)),
            ("server stopped for a while", _ => RestAsync(_server, stop)),
            .. Enum.GetValues<LinkFault>().Where(f => f != LinkFault.None).SelectMany(f => new (string, Func<CancellationToken, Task>)[] { ($"link to the server: {f}", _ => LinkAsync(_toServer, f, stop)), ($"link to the database: {f}", _ => LinkAsync(_toDatabase, f, stop)) }),
        ];
        if (_hasBroker) all = [.. all, ("broker killed", async _ => { EndBroker(); await PauseAsync(stop); StartBroker(); })];
        var (name, run) = all[_random.Next(all.Length)];
        Faults.Add(name);
        await PauseAsync(stop);
        await run(stop);
    }

    async Task KillServerAsync(CancellationToken stop)
    {
        _server.Kill();
        await PauseAsync(stop);
        _server.Start();
        await _server.SaysAsync("ready", stop);
    }

    async Task RestAsync(RunningProgram program, CancellationToken stop)
    {
        await program.SignalAsync("STOP", stop);
        await PauseAsync(stop);
        await program.SignalAsync("CONT", stop);
    }

    async Task LinkAsync(FaultProxy link, LinkFault fault, CancellationToken stop)
    {
        link.Fault = fault;
        await PauseAsync(stop);
        link.Fault = LinkFault.None;
    }

    Task PauseAsync(CancellationToken stop) => Task.Delay(_random.Next(LongestMs), stop);

    void StartBroker()
    {
        if (_hasBroker) _broker = Process.Start(new ProcessStartInfo(Broker, ["-c", Path.Combine(_folder, "broker.conf")]) { UseShellExecute = false, RedirectStandardError = false })!;
    }

    void EndBroker()
    {
        if (_broker is null) return;
        _broker.Kill();
        _broker.WaitForExit();
        _broker.Dispose();
        _broker = null;
    }

    /// <summary>Waits until the agent knows of so many records that they are durable.</summary>
    async Task SentAsync(long count, CancellationToken stop)
    {
        while (Acknowledged() < count) await Task.Delay(50, stop);
        _acknowledged = Math.Max(_acknowledged, Acknowledged());
    }

    long Acknowledged()
    {
        string path = Path.Combine(_folder, "journal.db");
        if (!File.Exists(path)) return 0;
        try
        {
            using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT acknowledged FROM packs";
            return command.ExecuteScalar() is long known ? known : 0;
        }
        catch (SqliteException)
        {
            // Not made yet, or busy for once.
            return 0;
        }
    }

    /// <summary>What the agent knows as acknowledged is stored, each number once and without gap, of one journal.</summary>
    public void Compare()
    {
        _acknowledged = Acknowledged();
        using var source = NpgsqlDataSource.Create(_address);
        using var command = source.CreateCommand("SELECT count(*), count(DISTINCT (epoch, seq)), count(DISTINCT epoch), coalesce(min(seq), 0), coalesce(max(seq), 0) FROM records WHERE seq = seq_end");
        using var rows = command.ExecuteReader();
        rows.Read();
        long stored = rows.GetInt64(0);
        Assert.Equal((stored, 1, 1, stored), (rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4)));
        Assert.True(stored >= _acknowledged, $"{_acknowledged} were acknowledged, {stored} are stored");
    }

    public void Dispose()
    {
        _agent.Dispose();
        _server.Dispose();
        EndBroker();
        _toServer.Dispose();
        _toDatabase.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
