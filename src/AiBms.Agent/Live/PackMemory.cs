using System.Runtime.InteropServices;
using AiBms.Agent.Chain;
using AiBms.Battery.Estimation;
using AiBms.Safety;
using AiBms.Telemetry.Journal;

namespace AiBms.Agent.Live;

/// <summary>What of a pack outlives a restart: latched faults, lifetime counters, and the state of the estimator with the time it is of.</summary>
sealed class PackMemory(PackJournal journal, LivePackOptions options)
{
    const string Latched = "latched faults", Lifetime = "lifetime counters";
    const int Head = 4;

    /// <summary>Where the clock is not known to be right, at least this long was nobody there, s.</summary>
    const double UnsureS = 3600;

    /// <summary>Whether the whole state was written down since the start, not only the charge.</summary>
    bool _isWhole;

    readonly bool[] _latched = new bool[SafetyMemory.SavedCount];

    // Another layout, cell or version of the tape is another name: what does not fit is not found.
    readonly string _estimator = $"estimator 3 {options.Cell.Id}";

    public double[] LifetimeValues() => Numbers(journal.Kept(options.PackId, Lifetime));

    /// <summary>Takes back what there is of latched faults and estimates.</summary>
    /// <param name="chain">As made.</param>
    /// <param name="startMs">Zero of the chain's clock now, ms since 1970.</param>
    /// <param name="isClockSure">Whether that can be compared with the time it was written down.</param>
    public void Recall(PackChain chain, long startMs, bool isClockSure)
    {
        if (journal.Kept(options.PackId, Latched) is { Length: SafetyMemory.SavedCount } flags)
        {
            for (int k = 0; k < flags.Length; k++) _latched[k] = flags[k] != 0;
            chain.Protection.Memory.Restore(_latched);
        }

        if (journal.Kept(options.PackId, _estimator) is not { } bytes || bytes.Length < Head * sizeof(double)) return;
        double[] head = Numbers(bytes[..(Head * sizeof(double))]);
        (double savedMs, double savedS, double soc, double deviation) = (head[0], head[1], head[2], head[3]);
        // The time then on the clock of now: the pack's own clock may have begun anew.
        double thenS = 1e-3 * (savedMs - startMs);
        if (!isClockSure) thenS = Math.Min(thenS, -UnsureS);
        _isWhole = chain.Estimator.Resume(bytes[(Head * sizeof(double))..], thenS - savedS, chain.State);
        if (_isWhole) return;
        // A checkpoint from within the search for the start: of the rest of the state nothing is known.
        if (soc is >= 0 and <= 1) chain.Estimator.Start(SocStart.After(soc, deviation, -thenS));
    }

    /// <summary>Writes everything down; durable with the journal's next commit.</summary>
    public void Keep(PackChain chain, LifetimeCounters lifetime, long nowMs)
    {
        double[] head = [nowMs, chain.Reading.TimeS, chain.State.MeanSoc.Soc, chain.State.MeanSoc.SocDeviation];
        byte[]? whole = chain.Estimator.Save(chain.State);
        // While the charge is searched for anew nothing can be saved: capacity, health and differences of before are worth more than the charge of now.
        if (whole is not null || !_isWhole) journal.Keep(options.PackId, _estimator, [.. Bytes(head), .. whole ?? []]);
        _isWhole |= whole is not null;
        journal.Keep(options.PackId, Lifetime, Bytes(lifetime.ToValues()));
        KeepLatched(chain);
    }

    /// <summary>Writes the latched faults down where they changed: these must not wait for the next checkpoint.</summary>
    public void KeepLatched(PackChain chain)
    {
        Span<bool> now = stackalloc bool[SafetyMemory.SavedCount];
        chain.Protection.Memory.Save(now);
        if (now.SequenceEqual(_latched)) return;
        now.CopyTo(_latched);
        journal.Keep(options.PackId, Latched, MemoryMarshal.AsBytes<bool>(_latched).ToArray());
    }

    static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes<double>(values).ToArray();

    static double[] Numbers(byte[]? bytes) => bytes is { } known && known.Length % sizeof(double) == 0 ? MemoryMarshal.Cast<byte, double>(known).ToArray() : [];
}
