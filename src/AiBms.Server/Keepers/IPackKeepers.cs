using AiBms.Telemetry.Frames;

namespace AiBms.Server.Keepers;

/// <summary>Who takes in what packs send: this process alone, or with others in a cluster.</summary>
interface IPackKeepers
{
    /// <summary>Completes when the batch is durable.</summary>
    /// <exception cref="Telemetry.DataException">A body is not what its kind says.</exception>
    /// <exception cref="System.Data.Common.DbException">It was not stored; sent again it may be.</exception>
    Task AcceptAsync(RecordBatch batch, CancellationToken stop);

    /// <summary>What the server itself estimates of a pack; null where it estimates nothing, with a sentence that says why.</summary>
    Task<(OwnEstimates? Now, string Why)> EstimatesAsync(string pack);
}
