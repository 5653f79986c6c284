using AiBms.Storage;
using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Simulation;

/// <summary>A store whose disk is full now and then: before it wrote anything, or after the commit, when nobody hears any more that it went well.</summary>
sealed class FaultyStore(IReadingStore store, Func<double> chance) : IReadingStore
{
    public double Before { get; set; }

    public double After { get; set; }

    public IReadOnlyList<IReadOnlyList<Record>> Write(IReadOnlyList<RecordBatch> batches)
    {
        if (chance() < Before) throw new SqliteException("database or disk is full", 13);
        var added = store.Write(batches);
        return chance() < After ? throw new SqliteException("disk I/O error", 10) : added;
    }

    public void DropBefore(long timeMs) => store.DropBefore(timeMs);

    public IReadOnlyList<StoredPack> Packs() => store.Packs();

    public IReadOnlyList<Record> Frames(string pack, long fromMs, long toMs, int most) => store.Frames(pack, fromMs, toMs, most);

    public IReadOnlyList<Record> Records(string pack, IReadOnlyList<RecordKind> kinds, long fromMs, long toMs, int most) => store.Records(pack, kinds, fromMs, toMs, most);

    public (long FirstMs, long LastMs)? Span(string pack) => store.Span(pack);

    public void KeepMinutes(IReadOnlyList<PackMinutes> packs) => store.KeepMinutes(packs);

    public IReadOnlyList<StoredMinute> Minutes(string pack, long fromMs, long toMs) => store.Minutes(pack, fromMs, toMs);

    public Checkpoint CheckpointOf(string pack) => store.CheckpointOf(pack);

    public StoredEstimator? Estimator(string pack) => store.Estimator(pack);

    public bool KeepEstimator(string pack, StoredEstimator known) => store.KeepEstimator(pack, known);

    public IReadOnlyList<StoredEvent> Events(string? pack, bool openOnly, int most, IReadOnlyCollection<string>? among = null) => store.Events(pack, openOnly, most, among);

    public void Raise(string pack, RuleText rule, double[] measuredValues, long nowMs) => store.Raise(pack, rule, measuredValues, nowMs);

    public void Clear(string pack, string ruleName, long nowMs) => store.Clear(pack, ruleName, nowMs);

    public bool Acknowledge(long eventId, long nowMs, string by, string comment, IReadOnlyCollection<string>? among = null) => store.Acknowledge(eventId, nowMs, by, comment, among);

    public void Dispose() => store.Dispose();
}
