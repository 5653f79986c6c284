using AiBms.Safety;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Chain;

/// <summary>Turns the protection's faults into events where they begin and end.</summary>
sealed class EventWatch(SafetyMemory memory, TapCheck taps, EventLog log)
{
    readonly bool[] _present = new bool[FaultCatalogue.Count], _isTap = new bool[FaultCatalogue.Count];

    public void Note(double timeS)
    {
        for (int i = 0; i < _present.Length; i++)
        {
            var record = memory.Fault((FaultCode)i);
            if (record.Present == _present[i]) continue;
            _present[i] = record.Present;
            // A runaway breaks taps too: its warning is never explained away.
            bool isCell = FaultCatalogue.Row((FaultCode)i).Place == FaultPlace.Cell && (FaultCode)i != FaultCode.ThermalRunaway;
            if (record.Present) _isTap[i] = isCell && record.Where >= 0 && taps.IsSuspect(record.Where);
            log.Add(new(timeS, record.Present, (FaultCode)i, record.Where, record.Value, record.Threshold, 0.001 * record.SinceMs, _isTap[i]));
        }
    }
}
