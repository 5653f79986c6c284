using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Storage.Postgres;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Cluster;

/// <summary>Keeps a pack under a claim in the store: where the cluster has meanwhile given the pack to another server, nothing of this one is written any more.</summary>
/// <remarks>One call at a time. Writing is the same queue and estimating the same keeper as in a server that is alone.</remarks>
sealed class PackGrain(PostgresStore store, IngestQueue queue, LiveFleet fleet, PackDesigns designs, ServerOptions options, Crier crier) : Grain, IPackGrain
{
    /// <summary>And after so many frames, however fast they come: whoever takes the pack up reads no more than these again.</summary>
    const int SaveAfterFrames = 600;

    long _claim;
    int _frames;
    PackKeeper? _keeper;

    string Pack => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The store waits for its server; the threads of grains wait for nothing.
        _claim = await Task.Run(() => store.Claim(Pack), cancellationToken);
        if (!options.Estimates) return;
        _keeper = await Task.Run(() => KeeperStart.Open(Pack, store, fleet, designs), cancellationToken);
        // Not all packs at once.
        var first = KeeperStart.SaveEvery * ((PackShare.NumberOf(Pack) % 1000 + 1) / 1000.0);
        this.RegisterGrainTimer(SaveAsync, new GrainTimerCreationOptions(first, KeeperStart.SaveEvery));
    }

    public async Task<string> TakeAsync(RecordBatch batch)
    {
        try
        {
            if (await queue.AcceptAsync(new(batch, _claim), CancellationToken.None) is not { } added)
            {
                DeactivateOnIdle();
                return $"The pack {Pack} is another server's now.";
            }

            crier.Tell(Pack, added);
            _keeper?.Take(batch.Epoch, added);
            if (_keeper is not null && (_frames += added.Count) >= SaveAfterFrames) await SaveAsync(CancellationToken.None);
            return "";
        }
        catch (Exception problem) when (problem is DbException or ChannelClosedException)
        {
            return problem.Message;
        }
    }

    public Task<(byte[]? Now, string Why)> EstimatesAsync() =>
        Task.FromResult(_keeper is null ? (null, KeeperStart.NotAsked) : (_keeper.Now() is { } now ? JsonSerializer.SerializeToUtf8Bytes(now, ClusterPacks.Json) : null, _keeper.Why));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => SaveAsync(cancellationToken);

    async Task SaveAsync(CancellationToken stop)
    {
        _frames = 0;
        if (_keeper?.Save(_claim) is not { } known) return;
        try
        {
            if (!await Task.Run(() => store.KeepEstimator(Pack, known), stop)) DeactivateOnIdle();
        }
        catch (Exception problem) when (problem is DbException or OperationCanceledException)
        {
            // Whoever takes the pack up reads more frames again.
        }
    }
}
