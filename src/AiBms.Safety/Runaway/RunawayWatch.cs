using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Runaway;

/// <summary>Watches for thermal runaway: two different signs within the hold time are enough.</summary>
static class RunawayWatch
{
    const int SignsNeeded = 2;

    /// <summary>A housing never sees more, kPa: a reading beyond is none.</summary>
    const float LargestKPa = 1e6f;

    internal static void Step(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        ref var state = ref memory.Runaway;
        var rules = limits.Runaway;
        Sign(rules, memory, ref state.Drop, ref state.DropAgeMs, RunawaySigns.VoltageDrop, Drop(limits, memory, out int dropWhere));
        if (dropWhere >= 0) state.DropWhere = dropWhere;
        Sign(rules, memory, ref state.Rate, ref state.RateAgeMs, RunawaySigns.TemperatureRate, Rate(limits, memory, out int rateWhere));
        if (rateWhere >= 0) state.RateWhere = rateWhere;
        Sign(rules, memory, ref state.Gas, ref state.GasAgeMs, RunawaySigns.Gas, float.IsFinite(input.GasPpm) && input.GasPpm > rules.GasPpm);
        Sign(rules, memory, ref state.Pressure, ref state.PressureAgeMs, RunawaySigns.Pressure, PressureRose(rules, memory, input.PressureKPa));
        FaultBook.Set(memory, FaultCode.GasDetected, state.Gas.Active, input.GasPpm, rules.GasPpm, -1);

        bool hot = memory.Level(LimitKind.TemperatureHigh) == LimitLevel.Safety;
        if (hot) state.Remembered |= RunawaySigns.Temperature;
        else state.Remembered &= ~RunawaySigns.Temperature;

        int signs = Count(state.Remembered);
        bool warns = signs >= SignsNeeded;
        if (warns && !state.Active)
        {
            state.Active = true;
            state.SinceMs = memory.Clock.LastMs;
            state.GainedMs = -1;
            state.Where = Where(state);
        }

        if (state.Active && hot && state.GainedMs < 0) state.GainedMs = memory.Clock.LastMs > state.SinceMs ? memory.Clock.LastMs - state.SinceMs : 0;
        FaultBook.Set(memory, FaultCode.ThermalRunaway, warns, signs, SignsNeeded, state.Where);
        if (!memory.Fault(FaultCode.ThermalRunaway).Present) state.Active = false;
    }

    static void Sign(RunawayLimits rules, SafetyMemory memory, ref LimitTrack track, ref int ageMs, RunawaySigns sign, bool seen)
    {
        ref var state = ref memory.Runaway;
        LimitMonitor.Update(ref track, seen ? 1 : 0, true, false, 0.5f, 0, rules.DebounceMs, rules.DebounceMs, memory.Clock.StepMs, memory.Clock.RestStepMs);
        if (track.Active)
        {
            ageMs = 0;
            state.Remembered |= sign;
            return;
        }

        // A sign is forgotten by the clock's advance alone.
        ageMs = SignalCheck.Add(ageMs, memory.Clock.RestStepMs);
        if (ageMs >= rules.HoldMs) state.Remembered &= ~sign;
    }

    /// <summary>True where a cell fell against the others faster than its own past explains, or to nothing.</summary>
    static bool Drop(SafetyLimits limits, SafetyMemory memory, out int where)
    {
        where = -1;
        float mean = TrimmedMean.Of(memory.Cells, limits.CellSignal);
        float stepS = 0.001f * memory.Clock.StepMs, worstV = limits.Runaway.DropV;
        bool dropped = false;
        for (int i = 0; i < memory.Cells.Length; i++)
        {
            ref var cell = ref memory.Cells[i];
            // Below what the sensor can show, after having been believed: a shorted cell. A cut wire looks the same; one sign is not enough.
            if (cell.Seen && cell.Quality == SignalQuality.OutOfRange && cell.LastRaw < limits.CellSignal.Min)
            {
                dropped = true;
                where = i;
            }

            if (!SignalCheck.Usable(cell, limits.CellSignal)) memory.CellPastKnown[i] = false;
            if (cell.Quality != SignalQuality.Good || float.IsNaN(mean)) continue;
            float belowV = mean - cell.Value;
            if (!memory.CellPastKnown[i]) memory.CellDeviationPastV[i] = belowV;
            memory.CellPastKnown[i] = true;
            float dropV = belowV - memory.CellDeviationPastV[i];
            memory.CellDeviationPastV[i] += dropV * stepS / (limits.Runaway.DropMemoryS + stepS);
            if (dropV <= worstV) continue;
            worstV = dropV;
            dropped = true;
            where = i;
        }

        return dropped;
    }

    static bool Rate(SafetyLimits limits, SafetyMemory memory, out int where)
    {
        where = -1;
        float fastest = limits.Runaway.RateKPerS;
        for (int i = 0; i < memory.Probes.Length; i++)
        {
            float rate = TemperatureRates.FastKPerS(limits, memory, i);
            if (!(rate > fastest)) continue;
            fastest = rate;
            where = i;
        }

        return where >= 0;
    }

    static bool PressureRose(RunawayLimits rules, SafetyMemory memory, float pressureKPa)
    {
        ref var state = ref memory.Runaway;
        if (!(pressureKPa > -LargestKPa && pressureKPa < LargestKPa)) return false;
        if (!state.PressureKnown) state.PressurePastKPa = pressureKPa;
        state.PressureKnown = true;
        float stepS = 0.001f * memory.Clock.StepMs;
        float roseKPa = pressureKPa - state.PressurePastKPa;
        state.PressurePastKPa += roseKPa * stepS / (rules.DropMemoryS + stepS);
        return roseKPa > rules.PressureKPa;
    }

    static int Where(in RunawayState state)
    {
        if ((state.Remembered & RunawaySigns.VoltageDrop) != RunawaySigns.None) return state.DropWhere;
        if ((state.Remembered & (RunawaySigns.TemperatureRate | RunawaySigns.Temperature)) != RunawaySigns.None) return state.RateWhere;
        return -1;
    }

    static int Count(RunawaySigns signs)
    {
        int count = 0;
        for (int bit = 1; bit <= (int)RunawaySigns.Temperature; bit <<= 1)
            if (((int)signs & bit) != 0) count++;
        return count;
    }
}
