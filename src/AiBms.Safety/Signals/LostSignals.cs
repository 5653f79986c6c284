using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Signals;

/// <summary>Reports signals that have not been believed for too long.</summary>
static class LostSignals
{
    /// <summary>A cell that stays lost for this many times the lost time opens the contactors.</summary>
    const int LongFactor = 5;

    internal static void Report(SafetyLimits limits, SafetyMemory memory)
    {
        Cells(limits, memory);
        Probes(limits, memory);
        Slow(memory, FaultCode.CurrentLost, memory.Current, limits.CurrentSignal.LostMs);
        Slow(memory, FaultCode.PackVoltageLost, memory.PackVoltage, limits.PackVoltageSignal.LostMs);
        if (limits.HasIsolationMonitor) Slow(memory, FaultCode.IsolationLost, memory.Isolation, limits.SlowSensorLostMs);
        if (!limits.HasCoolantSensors) return;
        bool levelWorse = memory.CoolantLevel.BadMs > memory.CoolantFlow.BadMs;
        Slow(memory, FaultCode.CoolantSensorLost, levelWorse ? memory.CoolantLevel : memory.CoolantFlow, limits.SlowSensorLostMs);
    }

    static void Cells(SafetyLimits limits, SafetyMemory memory)
    {
        int worst = 0;
        for (int i = 1; i < memory.Cells.Length; i++)
            if (memory.Cells[i].BadMs > memory.Cells[worst].BadMs) worst = i;
        int badMs = memory.Cells[worst].BadMs, lostMs = limits.CellSignal.LostMs;
        FaultBook.Set(memory, FaultCode.CellVoltageLost, badMs >= lostMs, badMs, lostMs, worst);
        int longMs = SignalCheck.Add(0, lostMs) > SignalCheck.LongMs / LongFactor ? SignalCheck.LongMs : lostMs * LongFactor;
        FaultBook.Set(memory, FaultCode.CellVoltageLostLong, badMs >= longMs, badMs, longMs, worst);
    }

    static void Probes(SafetyLimits limits, SafetyMemory memory)
    {
        int worst = 0, usable = 0;
        for (int i = 0; i < memory.Probes.Length; i++)
        {
            if (memory.Probes[i].BadMs > memory.Probes[worst].BadMs) worst = i;
            if (memory.Probes[i].BadMs < limits.ProbeSignal.LostMs) usable++;
        }

        int badMs = memory.Probes[worst].BadMs, lostMs = limits.ProbeSignal.LostMs;
        FaultBook.Set(memory, FaultCode.ProbeLost, badMs >= lostMs, badMs, lostMs, worst);
        FaultBook.Set(memory, FaultCode.ProbesLost, usable < limits.ProbesNeeded, usable, limits.ProbesNeeded, -1);
    }

    static void Slow(SafetyMemory memory, FaultCode code, in SignalTrack track, int lostMs) =>
        FaultBook.Set(memory, code, track.BadMs >= lostMs, track.BadMs, lostMs, -1);
}
