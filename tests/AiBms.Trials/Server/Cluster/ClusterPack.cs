using System.Collections.Concurrent;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Cluster;

/// <summary>A pack that measures twenty times a second, sends twice, and keeps what no server has acknowledged, as an agent's journal does. Where one server does not answer it goes to the next.</summary>
sealed class ClusterPack(string id, int[] mqttPorts, int firstServer) : IAsyncDisposable
{
    const int MostAtOnce = 200, Cells = 12;
    const long StartMs = 1_790_000_000_000;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3), s_every = TimeSpan.FromMilliseconds(50), s_between = TimeSpan.FromMilliseconds(500);

    readonly ConcurrentQueue<Record> _waiting = new();
    MqttLink? _link;
    int _server = firstServer;
    long _made, _acknowledged;
    Task _measuring = Task.CompletedTask;
    volatile bool _isStopped;

    public string Id => id;

    public long MadeCount => Volatile.Read(ref _made);

    public long AcknowledgedCount => Volatile.Read(ref _acknowledged);

    /// <summary>Measures no more; what was measured is still sent.</summary>
    public Task StopAsync()
    {
        _isStopped = true;
        return _measuring;
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(_measuring = MeasureAsync(stop), SendAsync(stop));

    async Task MeasureAsync(CancellationToken stop)
    {
        using var clock = new PeriodicTimer(s_every);
        while (!_isStopped && await NextAsync(clock, stop))
        {
            long seq = _made + 1;
            _waiting.Enqueue(seq == 1 ? new(seq, seq, RecordKind.Card, StartMs, Card()) : new(seq, seq, RecordKind.Frame, StartMs + 1000 * seq, Frame(seq)));
            Volatile.Write(ref _made, seq);
        }
    }

    static async ValueTask<bool> NextAsync(PeriodicTimer clock, CancellationToken stop)
    {
        try
        {
            return await clock.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task SendAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Record[] batch = [.. _waiting.Take(MostAtOnce)];
            if (batch.Length == 0)
            {
                await Task.Delay(s_every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            _link ??= new(new() { Host = "127.0.0.1", Port = mqttPorts[_server], Patience = s_patience }, id, _ => { });
            SendOutcome outcome;
            try
            {
                outcome = await _link.SendAsync(new(id, 1, batch), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (outcome == SendOutcome.Durable)
            {
                for (int k = 0; k < batch.Length; k++) _waiting.TryDequeue(out _);
                Volatile.Write(ref _acknowledged, batch[^1].Seq);
                await Task.Delay(s_between, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            Assert.Equal(SendOutcome.Unreachable, outcome);
            await _link.DisposeAsync();
            (_link, _server) = (null, (_server + 1) % mqttPorts.Length);
            await Task.Delay(s_every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static byte[] Card() => new PackCard { Name = "trial", Layout = "module_12s_coldplate", Cell = "nmc_60ah", SeriesCount = Cells, ParallelCount = 1, Probes = [.. Enumerable.Range(0, s_probes).Select(k => $"T{k}")], ProbeValues = [.. Enumerable.Range(0, s_probes).Select(k => (double)k)] }.ToBytes();

    static byte[] Frame(long seq)
    {
        double swing = Math.Sin(0.05 * seq);
        double[] cells = new double[Cells], probes = new double[s_probes];
        for (int k = 0; k < Cells; k++) cells[k] = 3.7 + 0.02 * swing + 0.001 * (k % 5);
        Array.Fill(probes, 24);
        return new PackFrame { ProtectionCode = 2, CurrentA = 20 * swing, VoltageV = cells.Sum(), ValidityCode = 1, AmbientDegC = 22, CellVoltageV = cells, ProbeDegC = probes }.ToBytes();
    }

    static readonly int s_probes = Battery.Packs.PackFile.Parse(File.ReadAllBytes(Path.Combine(House.Clone.Root, "packs", "module_12s_coldplate.json")), "module_12s_coldplate.json").Probes.Count;

    public async ValueTask DisposeAsync()
    {
        if (_link is not null) await _link.DisposeAsync();
    }
}
