using System.Collections.Concurrent;
using System.Data.Common;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Keepers;

/// <summary>Every pack in this process: the usual server.</summary>
sealed class LocalPacks(IngestQueue queue, IReadingStore store, LiveFleet fleet, PackDesigns designs, ServerOptions options, ServerFigures figures, TimeProvider time) : BackgroundService, IPackKeepers
{
    readonly ConcurrentDictionary<string, Lazy<PackKeeper>> _keepers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task AcceptAsync(RecordBatch batch, CancellationToken stop)
    {
        foreach (var record in batch.Records) LiveFleet.Check(record);
        var added = await queue.AcceptAsync(new(batch, 0), stop);
        if (!options.Estimates || added is not { Count: > 0 }) return;
        var keeper = Of(batch.PackId);
        lock (keeper) keeper.Take(batch.Epoch, added);
    }

    /// <inheritdoc/>
    public Task<(OwnEstimates? Now, string Why)> EstimatesAsync(string pack)
    {
        if (!options.Estimates) return Task.FromResult<(OwnEstimates?, string)>((null, KeeperStart.NotAsked));
        var keeper = Of(pack);
        lock (keeper) return Task.FromResult((keeper.Now(), keeper.Why));
    }

    PackKeeper Of(string pack) => _keepers.GetOrAdd(pack, id => new(() => KeeperStart.Open(id, store, fleet, designs))).Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Estimates) return;
        using var clock = new PeriodicTimer(KeeperStart.SaveEvery, time);
        while (await NextAsync(clock, stoppingToken)) Save();
        Save();
    }

    static async ValueTask<bool> NextAsync(PeriodicTimer clock, CancellationToken stop)
    {
        try
        {
            return await clock.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    void Save()
    {
        try
        {
            foreach (var (pack, made) in _keepers)
            {
                StoredEstimator? known;
                lock (made.Value) known = made.Value.Save(0);
                if (known is not null) store.KeepEstimator(pack, known);
            }
        }
        catch (DbException problem)
        {
            // What was not kept is made again from the frames since.
            figures.StoreIs(problem.Message);
        }
    }
}
