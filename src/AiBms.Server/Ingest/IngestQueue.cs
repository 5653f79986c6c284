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

    readonly Channel<(RecordBatch Batch, TaskCompletionSource Done)> _queue = Channel.CreateBounded<(RecordBatch, TaskCompletionSource)>(QueueLength);

    /// <summary>Completes when the batch is durable.</summary>
    public async Task AcceptAsync(RecordBatch batch, CancellationToken stop)
    {
        // Bodies are looked at before they are stored: what cannot be read is the sender's to know.
        foreach (var record in batch.Records) LiveFleet.Check(record);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((batch, done), stop);
        await done.Task.WaitAsync(stop);
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
        List<(RecordBatch Batch, TaskCompletionSource Done)> group = [];
        // Not the token but the end of the queue ends it: what was taken is committed.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            while (group.Count < GroupLength && _queue.Reader.TryRead(out var item)) group.Add(item);
            _commit.Run(group);
        }
    }
}
