using System.Data.Common;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Storage;

namespace AiBms.Server.Api;

/// <summary>Writes the minutes of what came in; after a start from where it had come to.</summary>
sealed class MinuteKeeper(LiveFleet fleet, IReadingStore store, ServerFigures figures, PackShare share, TimeProvider time) : BackgroundService
{
    const long PieceMs = 3_600_000;

    static readonly TimeSpan s_every = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, long> _doneMs = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(s_every, time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var pack in fleet.Packs.Where(p => share.IsMine(p.Id))) Keep(pack, stoppingToken);
            }
            catch (DbException problem)
            {
                // The minutes wait: the next round goes on from where this one had come to.
                figures.StoreIs(problem.Message);
            }
        }
    }

    void Keep(FleetPack pack, CancellationToken stop)
    {
        if (!_doneMs.TryGetValue(pack.Id, out long doneMs))
        {
            if (store.Span(pack.Id) is not { } span) return;
            doneMs = store.Minutes(pack.Id, 0, long.MaxValue) is [.., var last] ? last.TimeMs + HistoryMinutes.LengthMs : HistoryMinutes.Begin(span.FirstMs);
        }

        // The minute that still goes on is not written.
        for (long endMs = HistoryMinutes.Begin(pack.FrameMs); doneMs < endMs && !stop.IsCancellationRequested; doneMs = Math.Min(endMs, doneMs + PieceMs))
        {
            var minutes = HistoryMinutes.Of(store.Frames(pack.Id, doneMs, Math.Min(endMs, doneMs + PieceMs), int.MaxValue));
            if (minutes.Count > 0) store.KeepMinutes(pack.Id, minutes);
        }

        _doneMs[pack.Id] = doneMs;
    }
}
