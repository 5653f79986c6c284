using System.Collections.Concurrent;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>Every pack as it is now: filled from the store at start, and with what was committed since.</summary>
sealed class LiveFleet
{
    readonly ConcurrentDictionary<string, FleetPack> _packs = new(StringComparer.Ordinal);
    readonly IReadingStore _store;
    readonly TimeProvider _time;

    public LiveFleet(IReadingStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        foreach (var pack in store.Packs()) Apply(pack.PackId, pack.Last);
    }

    /// <summary>Rises with each change.</summary>
    public long Version { get; private set; }

    /// <summary>Rises whenever an event begins, ends or is acknowledged.</summary>
    public long EventVersion { get; private set; }

    public IEnumerable<FleetPack> Packs => _packs.Values;

    public FleetPack? Find(string id) => _packs.GetValueOrDefault(id);

    /// <summary>Refuses a record whose body is not what its kind says.</summary>
    /// <exception cref="Telemetry.DataException">It is not.</exception>
    public static void Check(Record record)
    {
        _ = record.Kind switch
        {
            RecordKind.Frame or RecordKind.Window => record.Frame(),
            RecordKind.Estimates => PackEstimates.Of(record.Body),
            RecordKind.Card => PackCard.Of(record.Body),
            RecordKind.Fault => FaultEvent.Of(record.Body),
            _ => (object)GapNote.Of(record.Body),
        };
    }

    /// <summary>Takes in records that are stored.</summary>
    public void Apply(string id, IReadOnlyList<Record> records)
    {
        var pack = _packs.GetValueOrDefault(id) ?? new FleetPack(id);
        bool isFault = pack.Frame is null;
        foreach (var record in records)
        {
            isFault |= record.Kind == RecordKind.Fault;
            pack = record.Kind switch
            {
                RecordKind.Frame when record.TimeMs >= pack.FrameMs => Seen(pack, record.Frame()) with { FrameMs = record.TimeMs, ReceivedAt = _time.GetUtcNow() },
                RecordKind.Estimates => pack with { Estimates = PackEstimates.Of(record.Body), EstimatesMs = record.TimeMs },
                // A new card is a new start: its clock may run behind what was sent before.
                RecordKind.Card => pack with { Card = PackCard.Of(record.Body), FrameMs = 0 },
                _ => pack,
            };
        }

        if (isFault) EventVersion++;
        _packs[id] = isFault ? pack with { Events = _store.Events(id, openOnly: true, 200) } : pack;
        Version++;
    }

    static FleetPack Seen(FleetPack pack, PackFrame frame)
    {
        var bad = pack.BadFrames;
        pack.Tally.Add(frame);
        foreach ((int signal, _) in frame.BadSignals()) bad = bad.SetItem(signal, bad.GetValueOrDefault(signal) + 1);
        return pack with { Frame = frame, BadFrames = bad };
    }

    /// <summary>Told of packs whose events were changed here, not by a record.</summary>
    public Action<string>? EventsChanged { get; set; }

    /// <summary>Takes in the last that the store has of every pack, after others wrote there.</summary>
    public void Reload()
    {
        foreach (var pack in _store.Packs())
        {
            // What is known already keeps the time at which it came.
            if (Find(pack.PackId)?.FrameMs != pack.Last.LastOrDefault(r => r.Kind == RecordKind.Frame)?.TimeMs) Apply(pack.PackId, pack.Last);
            ReadEvents(pack.PackId);
        }
    }

    /// <summary>Reads the events of a pack again, after one was acknowledged.</summary>
    public void RefreshEvents(string id)
    {
        ReadEvents(id);
        EventsChanged?.Invoke(id);
    }

    /// <summary>Reads the events of a pack again.</summary>
    public void ReadEvents(string id)
    {
        if (_packs.TryGetValue(id, out var pack)) _packs[id] = pack with { Events = _store.Events(id, openOnly: true, 200) };
        EventVersion++;
        Version++;
    }
}
