using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>Goes through the moments of a trace, makes what a power cut could have left at each, and has it opened and looked at.</summary>
/// <param name="events">What happened.</param>
/// <param name="look">Says what is wrong in a folder where so much was promised; null where all is well.</param>
sealed class CrashStates(IReadOnlyList<DiskEvent> events, Func<string, long, string?> look)
{
    /// <summary>States that were looked at.</summary>
    public int Count { get; private set; }

    /// <returns>What is wrong in the first state that is; null where all is well.</returns>
    public string? Explore(string folder, int most, int seed)
    {
        Random random = new(seed);
        Disk disk = new();
        long promised = 0;
        // Three states a moment, evenly over the trace.
        double share = Math.Min(1, most / 3.0 / events.Count), due = 0;
        for (int k = 0; k < events.Count; k++)
        {
            disk.Take(events[k]);
            if (events[k].Kind == DiskEventKind.Promise) promised = Math.Max(promised, events[k].Offset);
            due += share;
            if (due < 1) continue;
            due--;
            foreach (var keep in Enum.GetValues<Keep>())
            {
                disk.Cut(folder, keep, random);
                Count++;
                if (Look(folder, promised) is { } wrong) return string.Create(CultureInfo.InvariantCulture, $"after event {k} of {events.Count} ({events[k].Kind} {events[k].File}), {keep} of what was not synchronised kept: {wrong}");
            }
        }

        return null;
    }

    string? Look(string folder, long promised)
    {
        try
        {
            return look(folder, promised);
        }
        catch (DataException problem)
        {
            return problem.Message;
        }
    }
}
