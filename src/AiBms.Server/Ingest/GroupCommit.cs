using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest;

/// <summary>Commits batches together, and only then tells whoever brought them.</summary>
sealed class GroupCommit(IReadingStore store, LiveFleet fleet, ServerFigures figures)
{
    /// <summary>Commits a group. Whoever waits hears of success after the commit, or of what kept it from being made.</summary>
    public void Run(List<(RecordBatch Batch, TaskCompletionSource Done)> group)
    {
        try
        {
            var added = store.Write([.. group.Select(g => g.Batch)]);
            figures.StoreIs("");
            for (int i = 0; i < group.Count; i++) fleet.Apply(group[i].Batch.PackId, added[i]);
            figures.Count(added.Sum(a => a.Count), group.Sum(g => g.Batch.Records.Count));
            foreach (var (_, done) in group) done.SetResult();
        }
        catch (Exception problem)
        {
            foreach (var (_, done) in group) done.TrySetException(problem);
            if (problem is not System.Data.Common.DbException) throw;
            figures.StoreIs(problem.Message);
        }
    }
}
