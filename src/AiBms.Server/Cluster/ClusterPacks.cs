using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Server.Fleet;
using AiBms.Server.Keepers;
using AiBms.Telemetry.Frames;
using Orleans.Runtime;

namespace AiBms.Server.Cluster;

/// <summary>Hands what comes in to whichever server of the cluster keeps the pack.</summary>
sealed class ClusterPacks(IGrainFactory grains) : IPackKeepers
{
    public static JsonSerializerOptions Json { get; } = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <inheritdoc/>
    public async Task AcceptAsync(RecordBatch batch, CancellationToken stop)
    {
        foreach (var record in batch.Records) LiveFleet.Check(record);
        if (await CallAsync(() => grains.GetGrain<IPackGrain>(batch.PackId).TakeAsync(batch)) is { Length: > 0 } why) throw new NotStoredException(why);
    }

    /// <inheritdoc/>
    public async Task<(OwnEstimates? Now, string Why)> EstimatesAsync(string pack)
    {
        var (now, why) = await CallAsync(() => grains.GetGrain<IPackGrain>(pack).EstimatesAsync());
        return (now is null ? null : JsonSerializer.Deserialize<OwnEstimates>(now, Json), why);
    }

    static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (problem is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or System.Data.Common.DbException)
        {
            // Its server fell, or is ending, or cannot reach the store: what was not acknowledged comes again.
            throw new NotStoredException($"The server that keeps the pack did not answer ({problem.Message.Split('\n')[0].TrimEnd('.')}): send it again.", problem);
        }
    }
}
