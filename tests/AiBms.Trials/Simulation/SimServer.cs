using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Simulation;

/// <summary>A server: batches are read, checked and committed in groups by the code that ships, into SQLite on a simulated disk.</summary>
sealed class SimServer(SimDisk disk, SimClock clock, Func<double> chance, SimBug bug) : IDisposable
{
    const int Most = 64;

    readonly List<(RecordBatch Batch, TaskCompletionSource<IReadOnlyList<Record>?> Done, Action<SendOutcome> Answer)> _queue = [];
    FaultyStore? _store;
    LiveFleet? _fleet;
    GroupCommit? _commit;

    public bool IsUp => _store is not null;

    /// <summary>How often the disk is full.</summary>
    public double FullChance { get; set; }

    public void Start()
    {
        _store = new(new SqliteStore(disk.Path), chance);
        disk.Sync();
        _fleet = new(_store, clock);
        _commit = new(_store, _fleet, new ServerFigures(clock));
    }

    /// <summary>A message came.</summary>
    public void Take(string pack, byte[] bytes, Action<SendOutcome> answer)
    {
        if (_store is null) return;
        try
        {
            var batch = RecordBatch.Of(bytes);
            if (batch.PackId != pack) throw new DataException("The batch is of another pack than its topic.");
            foreach (var record in batch.Records) LiveFleet.Check(record);
            _queue.Add((batch, new(), answer));
            if (bug == SimBug.AcknowledgesBeforeCommit) answer(SendOutcome.Durable);
        }
        catch (DataException)
        {
            answer(SendOutcome.Refused);
        }
    }

    /// <summary>Commits what waits, and answers.</summary>
    public void Commit()
    {
        if (_store is null || _queue.Count == 0) return;
        (_store.Before, _store.After) = (FullChance, FullChance / 2);
        var group = _queue.Take(Most).ToList();
        _queue.RemoveRange(0, group.Count);
        _commit!.Run([.. group.Select(g => new WaitingBatch(new(g.Batch, 0), g.Done))]);
        disk.Sync();
        foreach (var (_, done, answer) in group)
        {
            if (bug == SimBug.AcknowledgesBeforeCommit) continue;
            answer(done.Task.IsCompletedSuccessfully ? SendOutcome.Durable : SendOutcome.Unreachable);
        }
    }

    public void Dispose() => Kill(isPowerCut: false);

    public void Kill(bool isPowerCut)
    {
        if (_store is null) return;
        _store.Dispose();
        (_store, _fleet, _commit) = (null, null, null);
        _queue.Clear();
        if (isPowerCut) disk.Cut();
    }

    /// <summary>Looks at what is stored: each record once, as it was, and none missing of those that were acknowledged.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Look(SimAgent agent, bool isEnd)
    {
        if (_store is null) return null;
        var stored = _store.Frames(agent.Pack, long.MinValue, long.MaxValue, int.MaxValue);
        HashSet<(long, uint)> known = [.. stored.Select(r => (r.Seq, Checksums.Of(r.Body)))];
        if (known.Count != stored.Count) return $"{agent.Pack}: {stored.Count - known.Count} records are stored twice";
        foreach (var key in isEnd ? agent.Durable.Keys : (IEnumerable<(long Epoch, long Seq)>)agent.Acknowledged)
            if (!known.Contains((key.Seq, agent.Durable[key]))) return $"{agent.Pack}: record {key.Seq} {(agent.Acknowledged.Contains(key) ? "was acknowledged" : "was durable at the agent")} and is not stored";
        if (!isEnd) return null;
        // The live picture is what a server that starts now would show.
        if (_fleet!.Find(agent.Pack) is { Frame: not null } live && stored.Count > 0 && !stored.Any(r => r.TimeMs == live.FrameMs)) return $"{agent.Pack}: the live picture shows a frame that is not stored";
        return null;
    }

    public long Missing(string pack) => _store?.Packs().FirstOrDefault(p => p.PackId == pack)?.MissingCount ?? 0;
}
