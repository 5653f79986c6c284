using System.Diagnostics;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Storage.Postgres;

namespace AiBms.Server.Ingest;

/// <summary>Commits batches together, and only then tells whoever brought them.</summary>
sealed class GroupCommit(IReadingStore store, LiveFleet fleet, ServerFigures figures, ServerMeter? meter = null)
{
    /// <summary>Commits a group. Whoever waits hears of success after the commit, or of what kept it from being made.</summary>
    public void Run(IReadOnlyList<WaitingBatch> group)
    {
        try
        {
            using var trace = ServerMeter.Traces.StartActivity("commit");
            trace?.SetTag("aibms.batches", group.Count);
            long begun = Stopwatch.GetTimestamp();
            var added = store is PostgresStore shared ? shared.WriteClaimed([.. group.Select(g => g.Claimed)]) : store.Write([.. group.Select(g => g.Claimed.Batch)]);
            meter?.Committed(Stopwatch.GetElapsedTime(begun));
            figures.StoreIs("");
            // Durable is what an acknowledgement says: the live picture follows while it is on its way.
            for (int i = 0; i < group.Count; i++) group[i].Done.SetResult(added[i]);
            for (int i = 0; i < group.Count; i++)
                if (added[i] is { } records) fleet.Apply(group[i].Claimed.Batch.PackId, records);
            figures.Count(added.Sum(a => a?.Count ?? 0), group.Where((_, i) => added[i] is not null).Sum(g => g.Claimed.Batch.Records.Count));
        }
        catch (Exception problem)
        {
            foreach (var waiting in group) waiting.Done.TrySetException(problem);
            if (problem is not System.Data.Common.DbException) throw;
            figures.StoreIs(problem.Message);
        }
    }
}
