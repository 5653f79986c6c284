using System.Diagnostics;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest;

/// <summary>Commits batches together, and only then tells whoever brought them.</summary>
sealed class GroupCommit(IReadingStore store, LiveFleet fleet, ServerFigures figures, ServerMeter? meter = null)
{
    /// <summary>Commits a group. Whoever waits hears of success after the commit, or of what kept it from being made.</summary>
    public void Run(List<(RecordBatch Batch, TaskCompletionSource Done)> group)
    {
        try
        {
            using var trace = ServerMeter.Traces.StartActivity("commit");
            trace?.SetTag("aibms.batches", group.Count);
            long begun = Stopwatch.GetTimestamp();
            var added = store.Write([.. group.Select(g => g.Batch)]);
            meter?.Committed(Stopwatch.GetElapsedTime(begun));
            figures.StoreIs("");
            // Durable is what an acknowledgement says: the live picture follows while it is on its way.
            foreach (var (_, done) in group) done.SetResult();
            for (int i = 0; i < group.Count; i++) fleet.Apply(group[i].Batch.PackId, added[i]);
            figures.Count(added.Sum(a => a.Count), group.Sum(g => g.Batch.Records.Count));
        }
        catch (Exception problem)
        {
            foreach (var (_, done) in group) done.TrySetException(problem);
            if (problem is not System.Data.Common.DbException) throw;
            figures.StoreIs(problem.Message);
        }
    }
}
