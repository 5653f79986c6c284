using System.Data.Common;
using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Server.Fleet;
using AiBms.Storage;

namespace AiBms.Server.Notices;

/// <summary>Tells of new events by every way, each at its own pace: what is not taken is told again, over a restart too; nothing is told of that was before a way was there.</summary>
sealed class NoticeSender(IReadOnlyList<INoticeWay> ways, NoticeBook book, IReadingStore store, AuditLog audit, TimeProvider time) : BackgroundService
{
    /// <summary>Events looked at in one go, and told of in one message.</summary>
    const int FirstLook = 1000, MostInOne = 100;

    static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_longest = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ways.Select(way => RunAsync(way, stoppingToken)));

    async Task RunAsync(INoticeWay way, CancellationToken stop)
    {
        var pause = s_look;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            try
            {
                await TellAsync(way, stop);
                pause = s_look;
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                if (pause == s_look) audit.Refused("server", "notice", way.Name, $"Not taken, tried again later: {problem.Message}");
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longest.Ticks));
            }
        }
    }

    /// <summary>Tells one way of what is new.</summary>
    /// <exception cref="Exception">It was not taken.</exception>
    internal async Task TellAsync(INoticeWay way, CancellationToken stop)
    {
        var events = store.Events(null, openOnly: false, FirstLook);
        long newest = events.Select(e => e.Id).DefaultIfEmpty(0).Max();
        long? last;
        lock (_lock) last = book.Last(way.Name);
        if (last is null)
        {
            Set(way, newest);
            return;
        }

        // A way that was away for long is told of all that it missed.
        for (int most = FirstLook; events.Count == most && events.Min(e => e.Id) > last + 1;) events = store.Events(null, openOnly: false, most *= 10);
        foreach (var piece in events.Where(e => e.Id > last && Words.Level(e) >= (int)way.Level).OrderBy(e => e.Id).Chunk(MostInOne))
        {
            await way.TellAsync([.. piece.Select(EventView.Of)], stop);
            Set(way, piece[^1].Id);
        }

        if (newest > last) Set(way, newest);
    }

    void Set(INoticeWay way, long last)
    {
        lock (_lock) book.Set(way.Name, last);
    }
}
