using AiBms.Battery.Packs;
using AiBms.Safety;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Chain;

/// <summary>Turns the protection's faults into events where they begin and end.</summary>
sealed class EventWatch(SafetyMemory memory, TapCheck taps, EventLog log)
{
    readonly bool[] _present = new bool[FaultCatalogue.Count], _isTap = new bool[FaultCatalogue.Count];
    readonly int[] _where = new int[FaultCatalogue.Count], _shownBy = new int[FaultCatalogue.Count];
    readonly float[] _value = new float[FaultCatalogue.Count], _threshold = new float[FaultCatalogue.Count];

    public void Note(PackReading reading)
    {
        for (int i = 0; i < _present.Length; i++)
        {
            var record = memory.Fault((FaultCode)i);
            if (record.Present == _present[i])
            {
                if (_present[i] && record.Where == _shownBy[i]) Worst(i, record);
                continue;
            }

            _present[i] = record.Present;
            if (record.Present)
            {
                (_where[i], _isTap[i]) = Place((FaultCode)i, record.Where, record.Threshold, reading);
                (_shownBy[i], _value[i], _threshold[i]) = (record.Where, record.Value, record.Threshold);
            }

            log.Add(new(reading.TimeS, record.Present, (FaultCode)i, _where[i], _value[i], _threshold[i], 0.001 * record.SinceMs, _isTap[i]));
        }
    }

    /// <summary>The furthest that the cell or probe it began with was past the threshold: it ends with that, not with what another shows by then.</summary>
    void Worst(int code, in FaultRecord record)
    {
        bool isFurther = _value[code] < _threshold[code] ? record.Value < _value[code] : record.Value > _value[code];
        if (isFurther) (_value[code], _threshold[code]) = (record.Value, record.Threshold);
    }

    (int Where, bool IsTap) Place(FaultCode code, int where, float threshold, PackReading reading)
    {
        // A runaway breaks taps too: its warning is never explained away.
        if (where < 0 || code == FaultCode.ThermalRunaway || FaultCatalogue.Row(code).Place != FaultPlace.Cell) return (where, false);
        // Cells lie apart by two of them: where one of the two is a tap under suspicion, the other is not to blame.
        bool isSpread = code is FaultCode.VoltageSpreadOperating or FaultCode.VoltageSpreadRecommended or FaultCode.VoltageSpreadSafety;
        if (isSpread && taps.SpreadV(reading) <= threshold && taps.FurthestSuspect(reading) is >= 0 and var suspect) return (suspect, taps.IsTap(suspect));
        return (where, taps.IsTap(where));
    }
}
