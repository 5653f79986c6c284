using AiBms.Safety.Faults;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Limits;

/// <summary>Compares every quantity with its three levels.</summary>
static class LimitWatch
{
    internal static void Check(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        Quantities.Measure(limits, memory, input);
        for (int kind = 0; kind < LimitKinds.Count; kind++)
        {
            var band = limits.Bands[kind];
            if (!band.Enabled) continue;
            bool low = LimitKinds.IsLow((LimitKind)kind);
            float value = memory.KindValue[kind];
            for (int level = 0; level < LimitKinds.Levels; level++)
            {
                int slot = kind * LimitKinds.Levels + level;
                bool trips = level == LimitKinds.Levels - 1;
                float threshold = band.Threshold((LimitLevel)(level + 1));
                bool applies = !trips || memory.KindTrips[kind];
                int debounceMs = trips ? band.TripDebounceMs : band.WarnDebounceMs;
                LimitMonitor.Update(
                    ref memory.Levels[slot], value, applies, low, threshold, band.Hysteresis, debounceMs, band.ReleaseMs, memory.Clock.StepMs, memory.Clock.RestStepMs);
                FaultBook.Set(memory, (FaultCode)slot, memory.Levels[slot].Active, value, threshold, memory.KindWhere[kind]);
            }
        }
    }
}
