using System.Data.Common;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Storage;

namespace AiBms.Server.Api;

/// <summary>Writes the minutes of what came in; after a start from where it had come to.</summary>
sealed class MinuteKeeper(LiveFleet fleet, IReadingStore store, ServerFigures figures, PackShare share, TimeProvider time) : BackgroundService
{
    /// <summary>A piece is read in a few ms, and whoever waits for a commit waits no longer for it.</summary>
    const long PieceMs = 600_000;

    const int LongRest = 3;

    static readonly TimeSpan s_every = TimeSpan.FromSeconds(20);

    /// <summary>Minutes that are written at once: a commit for each of thousands of packs would be a wait for the disk for each.</summary>
    const int MostAtOnce = 500;

    /// <summary>Work that a rest is owed for, and how long a rest is: minutes take at most a quarter of one core and of the database, where there are too many for that at most half.</summary>
    static readonly TimeSpan s_most = TimeSpan.FromMilliseconds(10);

    readonly Dictionary<string, long> _doneMs = new(StringComparer.Ordinal);
    readonly Dictionary<string, (long DoneMs, List<StoredMinute> Minutes)> _made = new(StringComparer.Ordinal);
    TimeSpan _owed;
    long _roundBegun;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(s_every, time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            _roundBegun = time.GetTimestamp();
            try
            {
                foreach (var pack in fleet.Packs.Where(p => share.IsMine(p.Id))) await MakeAsync(pack, stoppingToken);
                Write();
            }
            catch (DbException problem)
            {
                // The minutes wait: the next round goes on from where this one had come to.
                _made.Clear();
                figures.StoreIs(problem.Message);
            }
        }
    }

    async Task MakeAsync(FleetPack pack, CancellationToken stop)
    {
        if (!_doneMs.TryGetValue(pack.Id, out long doneMs))
        {
            if (store.Span(pack.Id) is not { } span) return;
            _doneMs[pack.Id] = doneMs = store.Minutes(pack.Id, 0, long.MaxValue) is [.., var last] ? last.TimeMs + HistoryMinutes.LengthMs : HistoryMinutes.Begin(span.FirstMs);
        }

        // The minute that still goes on is not written.
        for (long endMs = HistoryMinutes.Begin(pack.FrameMs); doneMs < endMs && !stop.IsCancellationRequested;)
        {
            await RestAsync(stop);
            long begun = time.GetTimestamp(), pieceMs = Math.Min(endMs, doneMs + PieceMs);
            var (_, minutes) = _made.TryGetValue(pack.Id, out var before) ? before : (0, []);
            minutes.AddRange(HistoryMinutes.Of(store.Frames(pack.Id, doneMs, pieceMs, int.MaxValue)));
            _made[pack.Id] = (doneMs = pieceMs, minutes);
            if (_made.Count >= MostAtOnce || minutes.Count >= MostAtOnce) Write();
            _owed += time.GetElapsedTime(begun);
        }
    }

    async Task RestAsync(CancellationToken stop)
    {
        if (_owed < s_most) return;
        await Task.Delay(time.GetElapsedTime(_roundBegun) < s_every ? LongRest * _owed : _owed, time, stop);
        _owed = TimeSpan.Zero;
    }

    void Write()
    {
        if (_made.Values.Any(m => m.Minutes.Count > 0)) store.KeepMinutes([.. _made.Where(m => m.Value.Minutes.Count > 0).Select(m => new PackMinutes(m.Key, m.Value.Minutes))]);
        foreach (var (pack, (doneMs, _)) in _made) _doneMs[pack] = doneMs;
        _made.Clear();
    }
}
