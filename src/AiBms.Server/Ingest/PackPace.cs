using System.Threading.RateLimiting;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest;

/// <summary>How much one pack may send: what goes beyond waits, so that a pack that floods slows down itself and nobody else.</summary>
sealed class PackPace : IDisposable
{
    /// <summary>Bytes a second, and at once after a rest: a backlog of hours comes through in minutes.</summary>
    const int BytesPerS = 2 << 20, BytesAtOnce = 8 << 20;

    readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(pack => RateLimitPartition.GetTokenBucketLimiter(pack, _ => new()
    {
        TokenLimit = BytesAtOnce,
        TokensPerPeriod = BytesPerS / 10,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 2 * RecordBatch.MostBytes,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    }));

    /// <summary>Waits until the pack may send so many bytes.</summary>
    /// <returns>False where more waits already than one pack may have waiting.</returns>
    public async Task<bool> WaitAsync(string pack, int bytes, CancellationToken stop)
    {
        using var lease = await _limiter.AcquireAsync(pack, bytes, stop);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
