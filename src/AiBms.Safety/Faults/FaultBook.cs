using AiBms.Safety.Limits;

namespace AiBms.Safety.Faults;

/// <summary>Keeps the faults' records.</summary>
static class FaultBook
{
    const int LargestCount = 1_000_000;

    /// <summary>Says whether a fault's condition holds now. The record keeps the last value that showed it.</summary>
    internal static void Set(SafetyMemory memory, FaultCode code, bool active, float value, float threshold, int where)
    {
        var record = memory.Faults[(int)code];
        if (!active)
        {
            memory.Faults[(int)code] = record with { Active = false };
            return;
        }

        long sinceMs = record.Active ? record.SinceMs : memory.Clock.LastMs;
        int count = record.Active || record.Count >= LargestCount ? record.Count : record.Count + 1;
        bool latched = record.Latched || FaultCatalogue.Row(code).Latched;
        memory.Faults[(int)code] = new(true, latched, sinceMs, value, threshold, where, count);
    }

    /// <summary>As <see cref="Set"/>, once the condition has lasted; it ends after as long.</summary>
    internal static bool SetAfter(SafetyMemory memory, FaultCode code, bool condition, int debounceMs, float value, float threshold, int where)
    {
        ref var timer = ref memory.FaultTimers[(int)code];
        LimitMonitor.Update(ref timer, condition ? 1 : 0, true, false, 0.5f, 0, debounceMs, debounceMs, memory.Clock.StepMs, memory.Clock.RestStepMs);
        if (timer.Active && !condition)
        {
            var record = memory.Faults[(int)code];
            (value, threshold, where) = (record.Value, record.Threshold, record.Where);
        }

        Set(memory, code, timer.Active, value, threshold, where);
        return timer.Active;
    }

    /// <summary>The hardest reaction that any present fault asks for; the undervoltage trip is left out where a charger is connected.</summary>
    internal static FaultReaction Hardest(SafetyMemory memory, bool chargerConnected, out FaultCode by)
    {
        var hardest = FaultReaction.None;
        by = FaultCode.None;
        for (int i = 0; i < memory.Faults.Length; i++)
        {
            if (!memory.Faults[i].Present) continue;
            if (chargerConnected && i == (int)FaultCode.CellVoltageLowSafety) continue;
            var reaction = FaultCatalogue.Row((FaultCode)i).Reaction;
            if (reaction <= hardest) continue;
            hardest = reaction;
            by = (FaultCode)i;
        }

        return hardest;
    }

    /// <summary>True while any fault is latched.</summary>
    internal static bool AnyLatched(SafetyMemory memory)
    {
        for (int i = 0; i < memory.Faults.Length; i++)
            if (memory.Faults[i].Latched) return true;
        return false;
    }
}
