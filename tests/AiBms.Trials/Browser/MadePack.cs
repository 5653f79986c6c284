using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Server;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Browser;

/// <summary>A pack that sends made-up records: as many cells and as long a history as a trial wants.</summary>
sealed class MadePack : IAsyncDisposable
{
    const int BatchRecords = 400;

    readonly MqttLink _link;
    readonly string _id;
    readonly int _cells, _modules;
    readonly List<Record> _waiting = [];
    long _seq;

    public MadePack(RunningServer server, string id, int cells, int modules)
    {
        (_id, _cells, _modules) = (id, cells, modules);
        _link = new(new() { Host = "127.0.0.1", Port = server.MqttPort }, id, _ => { });
        Add(RecordKind.Card, 0, new PackCard
        {
            Name = id,
            Layout = "made",
            LayoutName = "made up",
            Cell = "nmc_60ah",
            SeriesCount = cells,
            ParallelCount = 1,
            CapacityAh = 120,
            CellVoltageVMin = 2.8,
            CellVoltageVMax = 4.2,
            HotLimitDegC = 50,
            Software = "trial",
            Modules = [.. Enumerable.Range(1, modules).Select(m => $"M{m}")],
            ModuleValues = [.. Enumerable.Range(0, modules).Select(m => (double)(m * cells / modules))],
            Probes = ["T1"],
            ProbeValues = [0],
        }.ToBytes());
    }

    /// <summary>One more frame; with one value that stands out where asked for.</summary>
    public void Frame(long timeMs, double currentA = -20, double standsOutV = 0)
    {
        double[] volts = [.. Enumerable.Range(0, _cells).Select(k => 3.6 + 0.02 * Math.Sin(k + 1e-3 * timeMs))];
        volts[^1] += standsOutV;
        Add(RecordKind.Frame, timeMs, new PackFrame { ProtectionCode = 2, CurrentA = currentA, VoltageV = volts.Sum(), Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, HotSpotDegC = 30, HotSpotCell = 1, CellVoltageV = volts, ProbeDegC = [29] }.ToBytes());
        if (timeMs % 5000 < 1000) Add(RecordKind.Estimates, timeMs, new PackEstimates { CellSoc = [.. volts.Select(v => v - 3.1)], CoreDegC = [.. volts.Select(v => 30 + 50 * (v - 3.6))], ForecastDegC = [30, 31, 32, 33], ResidualV = 0.001 }.ToBytes());
    }

    void Add(RecordKind kind, long timeMs, byte[] body) => _waiting.Add(new(++_seq, _seq, kind, timeMs, body));

    /// <summary>Sends what waits; on return it is stored.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        foreach (var part in _waiting.Chunk(Math.Max(1, BatchRecords * 96 / Math.Max(96, _cells)))) Assert.Equal(SendOutcome.Durable, await _link.SendAsync(new(_id, 1, part), stop));
        _waiting.Clear();
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
