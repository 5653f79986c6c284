using System.Data.Common;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Storage;

namespace AiBms.Server.Alarms;

/// <summary>Looks once a second whether a rule holds for a pack. What lasted when the server stopped goes on after its start.</summary>
sealed class AlarmWatch(AlarmBook book, LiveFleet fleet, IReadingStore store, ServerFigures figures, PackShare share, TimeProvider time) : BackgroundService
{
    readonly Dictionary<(string Pack, string Rule), DateTimeOffset> _since = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Look();
            }
            catch (DbException problem)
            {
                // What could not be written is found again a second later.
                figures.StoreIs(problem.Message);
            }
        }
    }

    internal void Look()
    {
        var now = time.GetUtcNow();
        var rules = book.Rules;
        foreach (var pack in fleet.Packs.Where(p => share.IsMine(p.Id)))
        {
            bool isChanged = false;
            foreach (var rule in rules.Where(r => r.Pack.Length == 0 || r.Pack == pack.Id)) isChanged |= Look(pack, rule, now);
            // A rule that was taken away leaves nothing that lasts.
            foreach (var lost in pack.Events.Where(e => e is { Rule: not null, ClearedMs: null } && !rules.Any(r => r.Name == e.Rule.Name && (r.Pack.Length == 0 || r.Pack == pack.Id))))
            {
                store.Clear(pack.Id, lost.Rule!.Name, now.ToUnixTimeMilliseconds());
                isChanged = true;
            }

            if (isChanged) fleet.RefreshEvents(pack.Id);
        }
    }

    bool Look(FleetPack pack, AlarmRule rule, DateTimeOffset now)
    {
        double value = AlarmSignal.Find(rule.Signal)!.Read(pack, now), beyond = rule.IsAbove ? value - rule.Threshold : rule.Threshold - value;
        bool lasts = pack.Events.Any(e => e.ClearedMs is null && e.Rule?.Name == rule.Name);
        var key = (pack.Id, rule.Name);
        // Times on the pack's own clock, as all its events are; the age of data is the server's to tell.
        long nowMs = rule.Signal == "ageS" || pack.FrameMs == 0 ? now.ToUnixTimeMilliseconds() : pack.FrameMs;
        if (lasts)
        {
            // Not known is no reason to say that all is well.
            if (!(beyond < -rule.Hysteresis)) return false;
            store.Clear(pack.Id, rule.Name, nowMs);
            _since.Remove(key);
            return true;
        }

        if (!(beyond > 0))
        {
            _since.Remove(key);
            return false;
        }

        if (!_since.TryGetValue(key, out var since)) _since[key] = since = now;
        if ((now - since).TotalSeconds < rule.HoldS) return false;
        store.Raise(pack.Id, rule.Says(value, pack), [value, rule.Threshold], nowMs);
        return true;
    }
}
