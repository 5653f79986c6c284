using AiBms.Safety.Signals;

namespace AiBms.Safety.Limits;

/// <summary>Measures the quantities that have limits, from what is believed.</summary>
static class Quantities
{
    internal static void Measure(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        for (int kind = 0; kind < LimitKinds.Count; kind++)
        {
            memory.KindValue[kind] = float.NaN;
            memory.KindWhere[kind] = -1;
            memory.KindTrips[kind] = true;
        }

        Voltages(limits, memory);
        Temperatures(limits, memory);
        bool currentKnown = SignalCheck.Usable(memory.Current, limits.CurrentSignal);
        float currentA = memory.Current.Value;
        if (currentKnown)
        {
            memory.KindValue[(int)LimitKind.ChargeCurrentHigh] = currentA > 0 ? currentA : 0;
            memory.KindValue[(int)LimitKind.DischargeCurrentHigh] = currentA < 0 ? -currentA : 0;
        }

        // A cold pack may rest; it must not charge. An unknown current counts as flowing.
        bool charging = !currentKnown || currentA > limits.RestCurrentA;
        bool discharging = !currentKnown || currentA < -limits.RestCurrentA;
        memory.KindTrips[(int)LimitKind.ChargeTemperatureHigh] = charging;
        memory.KindTrips[(int)LimitKind.ChargeTemperatureLow] = charging;
        memory.KindTrips[(int)LimitKind.DischargeTemperatureLow] = discharging;

        if (memory.Isolation.Seen) memory.KindValue[(int)LimitKind.IsolationLow] = memory.Isolation.Value / limits.WorkingVoltageV;
        if (memory.CoolantLevel.Seen) memory.KindValue[(int)LimitKind.CoolantLevelLow] = memory.CoolantLevel.Value;
        if (!memory.CoolantFlow.Seen) return;
        // Without a running pump nothing has to flow. Thick coolant flows less in a loop that is sound: what counts is the flow that it would have warm.
        bool temperatureKnown = SignalCheck.Usable(memory.CoolantTemperature, limits.ProbeSignal);
        float share = limits.CoolantFlowTable.At(temperatureKnown ? memory.CoolantTemperature.Value : float.NaN);
        memory.KindValue[(int)LimitKind.CoolantFlowLow] = input.PumpOn ? memory.CoolantFlow.Value / share : float.MaxValue;
    }

    static void Voltages(SafetyLimits limits, SafetyMemory memory)
    {
        int lowest = -1, highest = -1;
        for (int i = 0; i < memory.Cells.Length; i++)
        {
            if (!SignalCheck.Usable(memory.Cells[i], limits.CellSignal)) continue;
            if (lowest < 0 || memory.Cells[i].Value < memory.Cells[lowest].Value) lowest = i;
            if (highest < 0 || memory.Cells[i].Value > memory.Cells[highest].Value) highest = i;
        }

        if (lowest < 0) return;
        float lowestV = memory.Cells[lowest].Value, highestV = memory.Cells[highest].Value;
        Put(memory, LimitKind.CellVoltageHigh, highestV, highest);
        Put(memory, LimitKind.CellVoltageLow, lowestV, lowest);
        Put(memory, LimitKind.VoltageSpread, highestV - lowestV, lowest);
    }

    static void Temperatures(SafetyLimits limits, SafetyMemory memory)
    {
        int coldest = -1, hottest = -1, fastest = -1;
        float fastestKPerS = 0;
        for (int i = 0; i < memory.Probes.Length; i++)
        {
            float rateKPerS = TemperatureRates.Step(limits, memory, i);
            if (!SignalCheck.Usable(memory.Probes[i], limits.ProbeSignal)) continue;
            if (coldest < 0 || memory.Probes[i].Value < memory.Probes[coldest].Value) coldest = i;
            if (hottest < 0 || memory.Probes[i].Value > memory.Probes[hottest].Value) hottest = i;
            if (fastest >= 0 && rateKPerS <= fastestKPerS) continue;
            fastest = i;
            fastestKPerS = rateKPerS;
        }

        if (coldest < 0) return;
        float coldestDegC = memory.Probes[coldest].Value, hottestDegC = memory.Probes[hottest].Value;
        Put(memory, LimitKind.ChargeTemperatureHigh, hottestDegC, hottest);
        Put(memory, LimitKind.TemperatureHigh, hottestDegC, hottest);
        Put(memory, LimitKind.ChargeTemperatureLow, coldestDegC, coldest);
        Put(memory, LimitKind.DischargeTemperatureLow, coldestDegC, coldest);
        Put(memory, LimitKind.TemperatureSpread, hottestDegC - coldestDegC, hottest);
        Put(memory, LimitKind.TemperatureRate, 60 * fastestKPerS, fastest);
    }

    static void Put(SafetyMemory memory, LimitKind kind, float value, int where)
    {
        memory.KindValue[(int)kind] = value;
        memory.KindWhere[(int)kind] = where;
    }
}
