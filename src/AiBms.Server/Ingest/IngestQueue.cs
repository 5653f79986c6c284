using System.Threading.Channels;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest;

/// <summary>The one door to the store: batches that come together are committed together, and whoever brought one waits for the commit.</summary>
/// <remarks>The queue is bounded: when the disk is slow, senders wait, and their journals hold what is left. At the end it is drained.</remarks>
sealed class IngestQueue(IReadingStore store, LiveFleet fleet, ServerFigures figures, ServerMeter? meter = null) : BackgroundService
{
    readonly GroupCommit _commit = new(store, fleet, figures, meter);

    const int QueueLength = 256, GroupLength = 64;

    readonly Channel<WaitingBatch> _queue = Channel.CreateBounded<WaitingBatch>(QueueLength);

    /// <summary>Completes when the batch is durable. Its bodies were looked at before: what cannot be read is the sender's to know.</summary>
    /// <returns>Its records that are new; null where another server has claimed its pack since: then nothing of it was stored.</returns>
    public async Task<IReadOnlyList<Record>?> AcceptAsync(ClaimedBatch batch, CancellationToken stop)
    {
        var done = new TaskCompletionSource<IReadOnlyList<Record>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new(batch, done), stop);
        return await done.Task.WaitAsync(stop);
    }

    /// <summary>Takes nothing more, and commits what waits.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } works) await works.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<WaitingBatch> group = [];
        // Not the token but the end of the queue ends it: what was taken is committed.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            while (group.Count < GroupLength && _queue.Reader.TryRead(out var item)) group.Add(item);
            _commit.Run(group);
        }
    }
}
