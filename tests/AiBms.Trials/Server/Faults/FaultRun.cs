using System.Diagnostics;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AiBms.Trials.Server.Faults;

/// <summary>Agent, broker, servers and database as processes, with links, disks and clocks that can be made bad; a seed says what goes wrong, and when.</summary>
sealed class FaultRun : IDisposable
{
    const string Pack = "car-1", Broker = "/usr/sbin/mosquitto";
    const int LongestMs = 900, LongestStepS = 7200;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-faults-").FullName;
    readonly PostgresServer _database;
    readonly string _address;
    readonly Random _random;
    readonly FaultProxy _toServer, _toDatabase;
    readonly RunningProgram _agent, _server;
    readonly RunningProgram? _silo;
    readonly FaultDisk _agentDisk, _serverDisk;
    readonly int _brokerPort = RunningServer.FreePort();
    readonly FaultWorld _world;
    Process? _broker;
    long _acknowledged;

    public FaultRun(PostgresServer database, int seed, FaultWorld world, bool isPlanted = false)
    {
        (_database, _address, _random, _world) = (database, database.NewDatabase(), new(seed), world == FaultWorld.BrokerAndDatabase && !File.Exists(Broker) ? FaultWorld.Database : world);
        int mqttPort = RunningServer.FreePort();
        var told = new NpgsqlConnectionStringBuilder(_address);
        _toDatabase = new(told.Port, seed);
        told.Port = _toDatabase.Port;
        told.CommandTimeout = 5;
        _toServer = new(HasBroker ? _brokerPort : mqttPort, seed + 1) { AnswersEarly = isPlanted };
        File.WriteAllText(Path.Combine(FolderOf("agent"), "agent.json"), $$"""
            { "pack": { "id": "{{Pack}}", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator", "speedFactor": 20 }, "journal": { "path": "journal.db" },
              "server": { "url": "mqtt://127.0.0.1:{{_toServer.Port}}", "isBroker": {{(HasBroker ? "true" : "false")}} }, "checkpointS": 1 }
            """);
        File.WriteAllText(Path.Combine(_folder, "broker.conf"), $"listener {RunningServer.Text(_brokerPort)} 127.0.0.1\nlog_dest none\nallow_anonymous true\n");
        string[] store = world == FaultWorld.Embedded ? [] : ["--store", told.ToString()];
        string[] broker = HasBroker ? ["--broker", $"mqtt://127.0.0.1:{RunningServer.Text(_brokerPort)}"] : [];
        _agent = new("AiBms.Edge", "aibms-edge", "--config", Path.Combine(FolderOf("agent"), "agent.json"));
        _server = Server("server", mqttPort, [.. store, .. broker]);
        _silo = world == FaultWorld.Cluster ? Server("silo", RunningServer.FreePort(), store) : null;
        (_agentDisk, _serverDisk) = (new(_agent, FolderOf("agent"), Path.Combine(_folder, "agent.faults")), new(_server, FolderOf("server"), Path.Combine(_folder, "server.faults")));
    }

    bool HasBroker => _world == FaultWorld.BrokerAndDatabase;

    /// <summary>What went wrong so far, in order.</summary>
    public List<string> Faults { get; } = [];

    string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    RunningProgram Server(string name, int mqttPort, string[] more)
    {
        string[] cluster = _world == FaultWorld.Cluster ? ["--cluster", "127.0.0.1:" + RunningServer.Text(RunningServer.FreePort())] : [];
        return new("AiBms.Server", "aibms-server", ["serve", "--folder", FolderOf(name), "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(mqttPort), .. cluster, .. more]);
    }

    public async Task<long> RunAsync(int faults, CancellationToken stop)
    {
        await BeginAsync(stop);
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
    public async Task RunEarlyAnswerAsync(CancellationToken stop)
    {
        await BeginAsync(stop);
        _toDatabase.Fault = LinkFault.HalfOpen;
        await SentAsync(_acknowledged + 5, stop);
        _server.Kill();
        _toDatabase.Fault = LinkFault.None;
        await StartServerAsync(_server, stop);
        await SentAsync(_acknowledged + 5, stop);
        await _agent.EndAsync(stop);
    }

    /// <summary>The server's syncs do nothing, and then the power goes.</summary>
    public async Task RunSkippedSyncAsync(CancellationToken stop)
    {
        await BeginAsync(stop);
        _serverDisk.SkipsSync = true;
        await SentAsync(_acknowledged + 20, stop);
        _agent.Kill();
        _server.Kill();
        _serverDisk.Cut();
    }

    async Task BeginAsync(CancellationToken stop)
    {
        StartBroker();
        await StartServerAsync(_server, stop);
        if (_silo is not null)
        {
            File.Copy(Path.Combine(FolderOf("server"), "authority.pem"), Path.Combine(FolderOf("silo"), "authority.pem"));
            await StartServerAsync(_silo, stop);
        }

        _agent.Start();
        await SentAsync(5, stop);
    }

    async Task OnceAsync(CancellationToken stop)
    {
        List<(string Name, Func<Task> Fault)> all =
        [
            ("agent killed", () => AgentFallsAsync(_agentDisk.Keep, stop)),
            ("agent without power", () => AgentFallsAsync(_agentDisk.Cut, stop)),
            ("agent stopped for a while", () => RestAsync(_agent, stop)),
            ("agent's disk full", () => FullAsync(_agentDisk, stop)),
            ("agent's clock set", () => Set(_agentDisk)),
            ("server killed", () => ServerFallsAsync(_server, _serverDisk.Keep, stop)),
            ("server stopped for a while", () => RestAsync(_server, stop)),
            ("server's clock set", () => Set(_serverDisk)),
            .. Links("server", _toServer, stop),
        ];
        if (_world == FaultWorld.Embedded) all.AddRange([("server without power", () => ServerFallsAsync(_server, _serverDisk.Cut, stop)), ("server's disk full", () => FullAsync(_serverDisk, stop))]);
        else all.AddRange([("database killed", () => DatabaseFallsAsync(stop)), ("database stopped for a while", () => DatabaseRestsAsync(stop)), .. Links("database", _toDatabase, stop)]);
        if (_silo is not null) all.AddRange([("silo killed", () => ServerFallsAsync(_silo, () => { }, stop)), ("silo stopped for a while", () => RestAsync(_silo, stop))]);
        if (HasBroker) all.AddRange([("broker killed", () => BrokerFallsAsync(stop)), ("broker stopped for a while", () => BrokerRestsAsync(stop))]);
        var (name, run) = all[_random.Next(all.Count)];
        Faults.Add(name);
        await PauseAsync(stop);
        await run();
    }

    IEnumerable<(string, Func<Task>)> Links(string to, FaultProxy link, CancellationToken stop) =>
        Enum.GetValues<LinkFault>().Where(f => f != LinkFault.None).Select(f => ($"link to the {to}: {f}", (Func<Task>)(() => LinkAsync(link, f, stop))));

    async Task AgentFallsAsync(Action after, CancellationToken stop)
    {
        _agent.Kill();
        after();
        await PauseAsync(stop);
        _agent.Start();
    }

    async Task ServerFallsAsync(RunningProgram server, Action after, CancellationToken stop)
    {
        server.Kill();
        after();
        await PauseAsync(stop);
        await StartServerAsync(server, stop);
    }

    async Task DatabaseFallsAsync(CancellationToken stop)
    {
        _database.Kill();
        await PauseAsync(stop);
        _database.Start();
    }

    async Task DatabaseRestsAsync(CancellationToken stop)
    {
        _database.Signal("STOP");
        await PauseAsync(stop);
        _database.Signal("CONT");
    }

    async Task BrokerRestsAsync(CancellationToken stop)
    {
        SignalBroker("STOP");
        await PauseAsync(stop);
        SignalBroker("CONT");
    }

    async Task BrokerFallsAsync(CancellationToken stop)
    {
        EndBroker();
        await PauseAsync(stop);
        StartBroker();
    }

    async Task StartServerAsync(RunningProgram server, CancellationToken stop)
    {
        while (true)
        {
            server.Start();
            try
            {
                await server.SaysAsync("ready", stop);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (IsGivenUp(server))
            {
                // The others did not hear it in time: it ends itself, and is started again as systemd does.
            }
        }
    }

    /// <summary>A server of a cluster that the others gave up on ends itself.</summary>
    bool IsGivenUp(RunningProgram server)
    {
        lock (server.Said) return _silo is not null && server.Said.Exists(l => l.Contains("told I am dead", StringComparison.Ordinal));
    }

    async Task RestAsync(RunningProgram program, CancellationToken stop)
    {
        await program.SignalAsync("STOP", stop);
        await PauseAsync(stop);
        await program.SignalAsync("CONT", stop);
    }

    async Task FullAsync(FaultDisk disk, CancellationToken stop)
    {
        disk.IsFull = true;
        await PauseAsync(stop);
        disk.IsFull = false;
    }

    Task Set(FaultDisk clock)
    {
        clock.WrongS = _random.Next(3) == 0 ? 0 : _random.Next(-LongestStepS, LongestStepS);
        return Task.CompletedTask;
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
        if (HasBroker) _broker = Process.Start(new ProcessStartInfo(Broker, ["-c", Path.Combine(_folder, "broker.conf")]) { UseShellExecute = false, RedirectStandardError = false })!;
    }

    void EndBroker()
    {
        if (_broker is null) return;
        _broker.Kill();
        _broker.WaitForExit();
        _broker.Dispose();
        _broker = null;
    }

    void SignalBroker(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, RunningServer.Text(_broker!.Id)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the agent knows of so many records that they are durable.</summary>
    async Task SentAsync(long count, CancellationToken stop)
    {
        while (Acknowledged() < count)
        {
            foreach (var server in (RunningProgram?[])[_server, _silo])
                if (server is { HasEnded: true })
                {
                    Assert.True(IsGivenUp(server), $"a server ended by itself, having said: {string.Join(" | ", server.Said)}");
                    Faults.Add("(a server was given up on by the other)");
                    await StartServerAsync(server, stop);
                }

            await Task.Delay(50, stop);
        }

        _acknowledged = Math.Max(_acknowledged, Acknowledged());
    }

    long Acknowledged()
    {
        string path = Path.Combine(FolderOf("agent"), "journal.db");
        if (!File.Exists(path)) return 0;
        try
        {
            return Ask(path, "SELECT acknowledged FROM packs") is [long known] ? known : 0;
        }
        catch (SqliteException)
        {
            // Not made yet, or busy for once.
            return 0;
        }
    }

    static object[] Ask(string path, string question)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        using var rows = command.ExecuteReader();
        if (!rows.Read()) return [];
        object[] row = new object[rows.FieldCount];
        rows.GetValues(row);
        return row;
    }

    /// <summary>What the agent knows as acknowledged is stored, each number once and without gap, of one journal.</summary>
    public void Compare()
    {
        const string question = "SELECT count(*), count(DISTINCT seq), count(DISTINCT epoch), coalesce(min(seq), 0), coalesce(max(seq), 0) FROM records WHERE seq = seq_end";
        _acknowledged = Acknowledged();
        long[] found;
        if (_world == FaultWorld.Embedded)
        {
            _server.Kill();
            found = [.. Ask(Path.Combine(FolderOf("server"), "store.db"), question).Cast<long>()];
        }
        else
        {
            using var source = NpgsqlDataSource.Create(_address);
            using var command = source.CreateCommand(question);
            using var rows = command.ExecuteReader();
            rows.Read();
            found = [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetInt64)];
        }

        long stored = found[0];
        Assert.Equal([stored, stored, 1, 1, stored], found);
        Assert.True(stored >= _acknowledged, $"{_acknowledged} were acknowledged, {stored} are stored");
    }

    public void Dispose()
    {
        _agent.Dispose();
        _server.Dispose();
        _silo?.Dispose();
        EndBroker();
        _toServer.Dispose();
        _toDatabase.Dispose();
        _agentDisk.Dispose();
        _serverDisk.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
