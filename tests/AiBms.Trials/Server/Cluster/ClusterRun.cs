using System.Diagnostics;
using System.Net.Http.Json;
using AiBms.Telemetry.Frames;
using AiBms.Trials.Agent.Live;
using Npgsql;

namespace AiBms.Trials.Server.Cluster;

/// <summary>Three servers of a cluster as processes on loopback, over one PostgreSQL, and packs that send to whichever of them they reach.</summary>
sealed class ClusterRun : IAsyncDisposable
{
    const int Servers = 3;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-cluster-").FullName;
    readonly string _address;
    readonly RunningProgram[] _servers = new RunningProgram[Servers];
    string? _secret;
    readonly int[] _ports = [.. Enumerable.Range(0, Servers).Select(_ => RunningServer.FreePort())];
    readonly CancellationTokenSource _end = new();
    readonly List<Task> _running = [];

    /// <param name="address">The database.</param>
    /// <param name="packs">How many packs send.</param>
    /// <param name="build">The folder of another build of the server, to begin with; null for the one of this tree.</param>
    public ClusterRun(string address, int packs, string? build = null)
    {
        _address = address;
        int[] mqttPorts = [.. Enumerable.Range(0, Servers).Select(_ => RunningServer.FreePort())];
        for (int n = 0; n < Servers; n++)
            _servers[n] = new("AiBms.Server", "aibms-server", "serve", "--folder", Path.Combine(_folder, RunningServer.Text(n)), "--store", address, "--estimate",
                "--cluster", "127.0.0.1:" + RunningServer.Text(RunningServer.FreePort()), "--port", RunningServer.Text(_ports[n]), "--mqtt-port", RunningServer.Text(mqttPorts[n]))
            { Build = build };
        Packs = [.. Enumerable.Range(0, packs).Select(n => new ClusterPack($"car-{RunningServer.Text(n)}", mqttPorts, n % Servers))];
    }

    public ClusterPack[] Packs { get; }

    public async Task StartAsync(CancellationToken stop)
    {
        for (int n = 0; n < Servers; n++) await StartAsync(n, stop);
    }

    public async Task StartAsync(int server, CancellationToken stop)
    {
        // Every server has the authority of the first.
        string first = Path.Combine(_folder, "0", "authority.pem"), own = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, RunningServer.Text(server))).FullName, "authority.pem");
        if (!File.Exists(own) && File.Exists(first)) File.Copy(first, own);
        while (true)
        {
            _servers[server].Start();
            try
            {
                await _servers[server].SaysAsync("ready", stop);
                break;
            }
            catch (Xunit.Sdk.XunitException) when (IsGivenUp(server))
            {
                // On a machine that is very busy the others give up on one that answers too late: it ends itself, and is started again as systemd does.
            }
        }

        lock (_servers[server].Said) _secret ??= _servers[server].Said.Select(l => l.Split("'admin' with ")).Where(p => p.Length == 2).Select(p => p[1].Split(' ')[0]).FirstOrDefault();
    }

    bool IsGivenUp(int server)
    {
        lock (_servers[server].Said) return _servers[server].Said.Exists(l => l.Contains("told I am dead", StringComparison.Ordinal));
    }

    /// <summary>kill −9.</summary>
    public void Kill(int server) => _servers[server].Kill();

    /// <summary>SIGTERM; gives the exit code.</summary>
    public Task<int> EndAsync(int server, CancellationToken stop) => _servers[server].EndAsync(stop);

    /// <summary>From its next start on it is the program of this tree.</summary>
    public void Renew(int server) => _servers[server].Build = null;

    /// <summary>Every pack begins to measure and to send.</summary>
    public void Flow() => _running.AddRange(Packs.Select(p => p.RunAsync(_end.Token)));

    /// <summary>Waits until nothing that was measured before is unacknowledged.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> CaughtUpAsync(CancellationToken stop)
    {
        long since = Stopwatch.GetTimestamp();
        long[] made = [.. Packs.Select(p => p.MadeCount)];
        for (int n = 0; n < Packs.Length; n++)
            while (Packs[n].AcknowledgedCount < made[n]) await Task.Delay(10, stop);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>No more is measured; what was is sent.</summary>
    public async Task StopFlowAsync(CancellationToken stop)
    {
        await Task.WhenAll(Packs.Select(p => p.StopAsync()));
        await CaughtUpAsync(stop);
        await _end.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>Every frame that was acknowledged is stored, each once.</summary>
    public void Compare()
    {
        using var source = NpgsqlDataSource.Create(_address);
        using var command = source.CreateCommand("SELECT name, count(*), count(DISTINCT records.seq), min(records.seq), max(records.seq), (SELECT missing FROM packs WHERE name = p.name) FROM records JOIN packs p ON p.id = pack GROUP BY name");
        using var rows = command.ExecuteReader();
        Dictionary<string, (long Count, long Different, long First, long Last, long Missing)> stored = [];
        while (rows.Read()) stored[rows.GetString(0)] = (rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5));
        foreach (var pack in Packs) Assert.Equal((pack.AcknowledgedCount, pack.AcknowledgedCount, 1, pack.AcknowledgedCount, 0), stored[pack.Id]);
    }

    /// <summary>What the cluster estimates of a pack, asked of one of its servers.</summary>
    public async Task<(long Seq, long FrameCount, double Soc)> EstimatesAsync(int server, string pack, CancellationToken stop)
    {
        using HttpClient client = new() { BaseAddress = new($"http://127.0.0.1:{RunningServer.Text(_ports[server])}") };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("admin:" + _secret)));
        var answer = await client.GetAsync($"/api/v1/packs/{pack}/estimates", stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
        var now = (await answer.Content.ReadFromJsonAsync<Known>(stop))!;
        return (now.Seq, now.FrameCount, now.Soc ?? double.NaN);
    }

    sealed record Known(long Seq, long FrameCount, double? Soc);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var server in _servers) server.Dispose();
        foreach (var pack in Packs) await pack.DisposeAsync();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
