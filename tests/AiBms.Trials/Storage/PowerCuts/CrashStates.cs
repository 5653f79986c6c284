using System.Globalization;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry;

namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>Goes through the moments of a trace, makes what a power cut could have left at each, opens the store there and looks.</summary>
/// <param name="events">What happened.</param>
/// <param name="batches">How many records each acknowledged batch had, in order.</param>
sealed class CrashStates(IReadOnlyList<DiskEvent> events, IReadOnlyList<int> batches)
{
    /// <summary>States that were looked at.</summary>
    public int Count { get; private set; }

    /// <returns>What is wrong in the first state that is; null where all is well.</returns>
    public string? Explore(string folder, string pack, int most, int seed)
    {
        Random random = new(seed);
        Disk disk = new();
        int told = 0;
        long acknowledged = 0;
        // Three states a moment, evenly over the trace.
        double share = Math.Min(1, most / 3.0 / events.Count), due = 0;
        for (int k = 0; k < events.Count; k++)
        {
            disk.Take(events[k]);
            if (events[k].Kind == DiskEventKind.Acknowledge) acknowledged += batches[told++];
            due += share;
            if (due < 1) continue;
            due--;
            foreach (var keep in Enum.GetValues<Keep>())
            {
                disk.Cut(folder, keep, random);
                Count++;
                if (Look(folder, pack, acknowledged) is { } wrong) return string.Create(CultureInfo.InvariantCulture, $"after event {k} of {events.Count} ({events[k].Kind} {events[k].File}), {keep} of what was not synchronised kept: {wrong}");
            }
        }

        return null;
    }

    static string? Look(string folder, string pack, long acknowledged)
    {
        try
        {
            using SqliteStore store = new(Path.Combine(folder, "store.db"));
            var stored = store.Frames(pack, 0, long.MaxValue, int.MaxValue);
            for (int n = 0; n < stored.Count; n++) if (stored[n].Seq != n + 1) return $"record {stored[n].Seq} stands where {n + 1} belongs";
            if (stored.Count < acknowledged) return $"{acknowledged} were acknowledged, {stored.Count} are stored";
            var known = store.Packs().SingleOrDefault();
            return (known?.Seq ?? 0) == stored.Count && (known?.MissingCount ?? 0) == 0 ? null : $"{stored.Count} are stored, the checkpoint says {known?.Seq} with {known?.MissingCount} missing";
        }
        catch (DataException problem)
        {
            return problem.Message;
        }
    }
}
