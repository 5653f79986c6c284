using AiBms.Telemetry.Frames;

namespace AiBms.Server.Cluster;

/// <summary>A pack in a cluster: on one server at a time, wherever its batches come in.</summary>
[Alias("aibms.pack")]
interface IPackGrain : IGrainWithStringKey
{
    /// <summary>Completes when the batch is durable.</summary>
    /// <returns>Empty; or why it was not stored, so that the pack sends it again.</returns>
    [Alias("take")]
    Task<string> TakeAsync([Immutable] RecordBatch batch);

    /// <summary>What this server estimates of the pack, as JSON; or why nothing.</summary>
    [Alias("estimates")]
    Task<(byte[]? Now, string Why)> EstimatesAsync();
}
