using AiBms.Battery.Packs;
using AiBms.Safety;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Chain;

/// <summary>Turns the protection's faults into events where they begin and end.</summary>
sealed class EventWatch(SafetyMemory memory, TapCheck taps, EventLog log)
{
    readonly bool[] _present = new bool[FaultCatalogue.Count], _isTap = new bool[FaultCatalogue.Count];
    readonly int[] _where = new int[FaultCatalogue.Count];

    public void Note(PackReading reading)
    {
        for (int i = 0; i < _present.Length; i++)
        {
            var record = memory.Fault((FaultCode)i);
            if (record.Present == _present[i]) continue;
            _present[i] = record.Present;
            if (record.Present) (_where[i], _isTap[i]) = Place((FaultCode)i, record.Where, record.Threshold, reading);
            log.Add(new(reading.TimeS, record.Present, (FaultCode)i, _where[i], record.Value, record.Threshold, 0.001 * record.SinceMs, _isTap[i]));
        }
    }

    (int Where, bool IsTap) Place(FaultCode code, int where, float threshold, PackReading reading)
    {
        // A runaway breaks taps too: its warning is never explained away.
        if (where < 0 || code == FaultCode.ThermalRunaway || FaultCatalogue.Row(code).Place != FaultPlace.Cell) return (where, false);
        // Cells lie apart by two of them: where one of the two is a tap under suspicion, the other is not to blame.
        bool isSpread = code is FaultCode.VoltageSpreadOperating or FaultCode.VoltageSpreadRecommended or FaultCode.VoltageSpreadSafety;
        if (isSpread && taps.SpreadV(reading) <= threshold && taps.FurthestSuspect(reading) is >= 0 and var suspect) return (suspect, true);
        return (where, taps.IsSuspect(where));
    }
}
