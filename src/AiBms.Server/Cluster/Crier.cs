using System.Collections.Concurrent;
using System.Data.Common;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Server.Keepers;
using AiBms.Telemetry.Frames;
using Orleans.Runtime;

namespace AiBms.Server.Cluster;

/// <summary>Tells the other servers of the cluster what is new of the packs that are kept here, twice a second, and divides the work anew when servers come and go.</summary>
sealed class Crier : BackgroundService
{
    static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(500);

    readonly IGrainFactory _grains;
    readonly IClusterMembershipService _members;
    readonly ILocalSiloDetails _own;
    readonly LiveFleet _fleet;
    readonly PackShare _share;
    readonly ServerFigures _figures;
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<(string Pack, RecordKind Kind), Record> _news = new();
    readonly ConcurrentDictionary<string, bool> _events = new(StringComparer.Ordinal);
    volatile string[] _others = [];

    public Crier(IGrainFactory grains, IClusterMembershipService members, ILocalSiloDetails own, LiveFleet fleet, PackShare share, ServerFigures figures, TimeProvider time)
    {
        (_grains, _members, _own, _fleet, _share, _figures, _time) = (grains, members, own, fleet, share, figures, time);
        fleet.EventsChanged = pack => _events[pack] = true;
    }

    /// <summary>Addresses of the other servers.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>Notes what was stored: of frames, estimates and cards the last is told.</summary>
    public void Tell(string pack, IReadOnlyList<Record> added)
    {
        if (_others.Length == 0) return;
        foreach (var record in added)
        {
            if (record.Kind is RecordKind.Frame or RecordKind.Estimates or RecordKind.Card) _news[(pack, record.Kind)] = record;
            else if (record.Kind == RecordKind.Fault) _events[pack] = true;
        }
    }

    /// <summary>Hands an order to whichever of the others hears the pack.</summary>
    public async Task<bool> OrderAsync(string pack, byte[] order)
    {
        foreach (string other in _others)
        {
            try
            {
                if (await _grains.GetGrain<ICrierGrain>(other).OrderAsync(pack, order)) return true;
            }
            catch (Exception problem) when (problem is OrleansException or TimeoutException)
            {
                // It is going: the next may have the pack by now.
            }
        }

        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        string own = _own.SiloAddress.ToParsableString();
        await _grains.GetGrain<ICrierGrain>(own).HearAsync([]);
        using var clock = new PeriodicTimer(s_every, _time);
        string[] seen = [];
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            string[] all = [.. _members.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress.ToParsableString()).Append(own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (!all.SequenceEqual(seen) && Divide(all, own)) seen = all;
            await SayAsync();
        }
    }

    bool Divide(string[] all, string own)
    {
        _others = [.. all.Where(a => a != own)];
        int mine = Array.IndexOf(all, own);
        _share.Divide(pack => PackShare.NumberOf(pack) % (uint)all.Length == mine);
        try
        {
            // What was told to nobody, or by a server that fell, is in the store.
            _fleet.Reload();
            return true;
        }
        catch (DbException problem)
        {
            _figures.StoreIs(problem.Message);
            return false;
        }
    }

    async Task SayAsync()
    {
        string[] packs = [.. _news.Keys.Select(k => k.Pack).Concat(_events.Keys).Distinct(StringComparer.Ordinal)];
        if (packs.Length == 0) return;
        PackNews[] news = [.. packs.Select(pack => new PackNews(pack, [.. Taken(pack)], _events.TryRemove(pack, out _)))];
        foreach (string other in _others) await _grains.GetGrain<ICrierGrain>(other).HearAsync(news);
    }

    IEnumerable<NewRecord> Taken(string pack)
    {
        foreach (var kind in (RecordKind[])[RecordKind.Card, RecordKind.Estimates, RecordKind.Frame])
            if (_news.TryRemove((pack, kind), out var record)) yield return new(record.Seq, record.Kind, record.TimeMs, record.Body);
    }
}
