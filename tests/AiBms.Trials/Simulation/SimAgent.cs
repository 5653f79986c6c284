using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Trials.Simulation;

/// <summary>An agent: the journal and the forwarder as they ship, on a simulated disk, clock and network.</summary>
sealed class SimAgent(string pack, SimDisk disk, SimClock clock, Action<SimAgent, long, byte[]> send, bool mixes) : IDisposable
{
    PackJournal? _journal;
    Task<TimeSpan>? _step;
    long _queuedFrom;

    public string Pack => pack;

    public SimLink? Link { get; private set; }

    public bool IsUp => _journal is not null;

    /// <summary>Rises with each start: an answer to the one before is nobody's.</summary>
    public int Life { get; private set; }

    /// <summary>Every record that was durable here and was not lost with a whole disk: journal and number.</summary>
    public Dictionary<(long Epoch, long Seq), uint> Durable { get; } = [];

    /// <summary>What the server said it has durably.</summary>
    public HashSet<(long Epoch, long Seq)> Acknowledged { get; } = [];

    readonly List<(long Seq, uint Checksum)> _queued = [];

    public void Start()
    {
        Life++;
        _journal = new(new() { Path = disk.Path }, clock, commitsItself: false);
        _ = _journal.Epoch(pack);
        disk.Sync();
        Link = new((number, bytes) => send(this, number, bytes), mixes);
        _forwarder = new(_journal, pack, Link, clock);
    }

    Forwarder? _forwarder;

    public void Append(byte[] body)
    {
        if (_journal is null) return;
        long seq = _journal.Append(pack, RecordKind.Frame, clock.GetUtcNow().ToUnixTimeMilliseconds(), body);
        _queued.Add((seq, Checksums.Of(body)));
    }

    public void Commit()
    {
        if (_journal is null) return;
        _journal.Commit();
        disk.Sync();
        foreach (var (seq, checksum) in _queued) Durable[(_journal.Epoch(pack), seq)] = checksum;
        _queued.Clear();
    }

    /// <summary>Lets the forwarder work on until it waits for something.</summary>
    /// <returns>How long it wants to wait; null where it waits for an answer or for work.</returns>
    public TimeSpan? Work()
    {
        while (_journal is not null)
        {
            if (_step is null)
            {
                var sent = _journal.Waiting(pack, 0, int.MaxValue);
                _queuedFrom = sent.Count == 0 ? 0 : sent[0].Seq;
                _step = _forwarder!.StepAsync(CancellationToken.None);
            }

            if (!_step.IsCompleted) return null;
            var pause = _step.GetAwaiter().GetResult();
            _step = null;
            if (Link!.LastProblem.Length == 0 && _queuedFrom > 0) NoteAcknowledged();
            disk.Sync();
            if (pause == Timeout.InfiniteTimeSpan) return null;
            if (pause > TimeSpan.Zero) return pause;
        }

        return null;
    }

    void NoteAcknowledged()
    {
        long epoch = _journal!.Epoch(pack), first = _journal.Waiting(pack, 0, 1) is [var left] ? left.Seq : long.MaxValue;
        foreach (var known in Durable.Keys.Where(k => k.Epoch == epoch && k.Seq >= _queuedFrom && k.Seq < first)) Acknowledged.Add(known);
    }

    public void Dispose() => Kill(isPowerCut: false);

    /// <summary>kill −9; with the power also what was not synced goes.</summary>
    public void Kill(bool isPowerCut)
    {
        if (_journal is null) return;
        _journal.Dispose();
        (_journal, _step, Link) = (null, null, null);
        _queued.Clear();
        if (isPowerCut) disk.Cut();
    }

    /// <summary>The gateway is exchanged: what waited is gone, and is nobody's fault.</summary>
    public void LoseDisk()
    {
        Kill(isPowerCut: false);
        disk.Replace();
        foreach (var key in Durable.Keys.Where(k => !Acknowledged.Contains(k)).ToArray()) Durable.Remove(key);
    }

    /// <summary>True where nothing waits to be sent.</summary>
    public bool IsDone => _journal is not null && _queued.Count == 0 && _journal.Waiting(pack, 0, 1).Count == 0;
}
