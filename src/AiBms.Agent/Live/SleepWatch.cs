using AiBms.Agent.Chain;
using AiBms.Battery.Packs;

namespace AiBms.Agent.Live;

/// <summary>Tells when a pack has nothing to do, and what wakes it.</summary>
/// <param name="options">When; null for never.</param>
/// <param name="restCurrentA">Current below which nothing flows, A.</param>
sealed class SleepWatch(SleepOptions? options, double restCurrentA)
{
    double _idleS, _lastS = double.NaN, _sleptS = double.NaN;

    /// <summary>True once the pack has been idle for so long that closed contactors are no longer wanted.</summary>
    public bool IsTired => options is not null && _idleS >= options.AfterS;

    /// <summary>True where, being tired, it may sleep: its contactors are open and nothing bleeds.</summary>
    public bool MaySleep(PackChain chain) => IsTired && !chain.Command.PlusClosed && !chain.Command.MinusClosed && !chain.Command.PrechargeClosed && Array.IndexOf(chain.Command.Bleed, true) < 0;

    /// <summary>Counts a step of the awake pack.</summary>
    /// <param name="chain">After its step.</param>
    /// <param name="isWanted">Whether somebody asks for closed contactors by a key.</param>
    public void Add(PackChain chain, bool isWanted)
    {
        double nowS = chain.Reading.TimeS, stepS = nowS - _lastS;
        _lastS = nowS;
        if (isWanted || IsBusy(chain.Reading) || AnyFault(chain)) _idleS = 0;
        else if (stepS > 0) _idleS += stepS;
    }

    /// <summary>It falls asleep.</summary>
    public void Sleep(double nowS) => _sleptS = nowS;

    /// <summary>Looks whether a sleeping pack is to wake: a current, a charger, a key, or the time for a look.</summary>
    public bool Wakes(PackReading reading, bool isWanted) => isWanted || IsBusy(reading) || !(reading.TimeS - _sleptS < options!.WakeAfterS);

    /// <summary>It is awake again.</summary>
    public void Wake() => (_idleS, _lastS) = (0, double.NaN);

    bool IsBusy(PackReading reading) =>
        reading.ChargerConnected || (reading.Quality(PackSignal.CurrentA) == SignalQuality.Good && Math.Abs(reading[PackSignal.CurrentA]) > restCurrentA);

    static bool AnyFault(PackChain chain)
    {
        for (int k = 0; k < Safety.Faults.FaultCatalogue.Count; k++)
            if (chain.Protection.Memory.Fault((Safety.Faults.FaultCode)k).Present) return true;
        return false;
    }
}
