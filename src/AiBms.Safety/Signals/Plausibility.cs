using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Signals;

/// <summary>Decides which readings are believed, and reports those that are missing or contradict each other.</summary>
static class Plausibility
{
    /// <summary>Isolation and coolant sensors need no bounds of their own: any finite value ≥ 0 is taken.</summary>
    static readonly SignalBand s_free = new() { Min = 0, Max = 1e12f, Step = 1e12f, RatePerS = 0, StuckOthers = 1 };

    internal static void Check(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        int stepMs = memory.Clock.StepMs;
        Cells(limits, memory, input, stepMs);
        Probes(limits, memory, input, stepMs);
        SignalCheck.Update(ref memory.Current, input.CurrentA, limits.CurrentSignal, stepMs);
        SignalCheck.Update(ref memory.PackVoltage, input.PackVoltageV, limits.PackVoltageSignal, stepMs);
        SignalCheck.Update(ref memory.LinkVoltage, input.LinkVoltageV, limits.PackVoltageSignal, stepMs);
        if (limits.HasRedundantCurrent) SignalCheck.Update(ref memory.Redundant, input.RedundantCurrentA, limits.CurrentSignal, stepMs);
        if (limits.HasIsolationMonitor) SignalCheck.Update(ref memory.Isolation, input.IsolationOhm, s_free, stepMs);
        if (limits.HasCoolantSensors)
        {
            SignalCheck.Update(ref memory.CoolantLevel, input.CoolantLevelFraction, s_free, stepMs);
            SignalCheck.Update(ref memory.CoolantFlow, input.CoolantFlowLPerMin, s_free, stepMs);
            SignalCheck.Update(ref memory.CoolantTemperature, input.CoolantDegC, limits.ProbeSignal, stepMs);
        }

        LostSignals.Report(limits, memory);
        Contradictions.Report(limits, memory, input);
    }

    static void Cells(SafetyLimits limits, SafetyMemory memory, in SafetyInput input, int stepMs)
    {
        var cells = memory.Cells;
        bool shaped = input.CellVoltageV.Length == cells.Length;
        bool bleeds = input.BleedOn.Length == cells.Length;
        for (int i = 0; i < cells.Length; i++)
        {
            // Neighbours share the tap wires in between, so their voltages are wrong too.
            bool bleeding = bleeds && (input.BleedOn[i] || (i > 0 && input.BleedOn[i - 1]) || (i + 1 < cells.Length && input.BleedOn[i + 1]));
            if (bleeding) cells[i].SettleMs = limits.Bleed.SettleMs;
            if (bleeding || cells[i].SettleMs > 0)
            {
                if (!bleeding) cells[i].SettleMs = stepMs >= cells[i].SettleMs ? 0 : cells[i].SettleMs - stepMs;
                SignalCheck.Distrust(ref cells[i], SignalQuality.Bleeding, stepMs);
                continue;
            }

            SignalCheck.Update(ref cells[i], shaped ? input.CellVoltageV[i] : float.NaN, limits.CellSignal, stepMs);
        }

        float others = TrimmedMean.Of(cells, limits.CellSignal);
        for (int i = 0; i < cells.Length; i++) SignalCheck.CheckStuck(ref cells[i], others, limits.CellSignal, stepMs);
    }

    static void Probes(SafetyLimits limits, SafetyMemory memory, in SafetyInput input, int stepMs)
    {
        var probes = memory.Probes;
        bool shaped = input.ProbeTemperatureDegC.Length == probes.Length;
        for (int i = 0; i < probes.Length; i++)
            SignalCheck.Update(ref probes[i], shaped ? input.ProbeTemperatureDegC[i] : float.NaN, limits.ProbeSignal, stepMs);
        float others = TrimmedMean.Of(probes, limits.ProbeSignal);
        for (int i = 0; i < probes.Length; i++) SignalCheck.CheckStuck(ref probes[i], others, limits.ProbeSignal, stepMs);
    }
}
