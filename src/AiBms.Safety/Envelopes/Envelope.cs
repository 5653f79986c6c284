using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Envelopes;

/// <summary>The allowed currents: the least of the named limits, falling at once and coming back slowly.</summary>
static class Envelope
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory, bool chargerConnected)
    {
        ref var state = ref memory.Envelope;
        Loads(limits, memory);
        var charge = Least(limits, memory, chargerConnected, charge: true, out float chargeA);
        var discharge = Least(limits, memory, chargerConnected, charge: false, out float dischargeA);
        float restS = 0.001f * memory.Clock.RestStepMs;
        float coldestDegC = memory.KindValue[(int)LimitKind.ChargeTemperatureLow];
        state.ChargeA = Follow(state.ChargeA, chargeA, limits.ChargeTable.At(coldestDegC) * limits.RecoveryPerS * restS);
        state.DischargeA = Follow(state.DischargeA, dischargeA, limits.DischargeTable.At(coldestDegC) * limits.RecoveryPerS * restS);
        state.ChargeBinding = Keep(state.ChargeBinding, charge);
        state.DischargeBinding = Keep(state.DischargeBinding, discharge);
    }

    /// <summary>Down at once, up by at most the given step.</summary>
    static float Follow(float nowA, float targetA, float upA)
    {
        if (float.IsNaN(targetA) || targetA < 0) return 0;
        if (targetA <= nowA) return targetA;
        return nowA + upA < targetA ? nowA + upA : targetA;
    }

    /// <summary>The time since which a limit binds survives while the same limit keeps binding.</summary>
    static Binding Keep(in Binding before, in Binding now)
    {
        bool same = before.Name == now.Name && before.Fault == now.Fault;
        return same ? now with { SinceMs = before.SinceMs } : now;
    }

    static Binding Least(SafetyLimits limits, SafetyMemory memory, bool chargerConnected, bool charge, out float allowedA)
    {
        long nowMs = memory.Clock.LastMs;
        float coldestDegC = memory.KindValue[(int)LimitKind.ChargeTemperatureLow];
        float tableA = (charge ? limits.ChargeTable : limits.DischargeTable).At(coldestDegC);
        allowedA = tableA;
        var binding = new Binding(LimitName.CurrentTable, coldestDegC, tableA, memory.KindWhere[(int)LimitKind.ChargeTemperatureLow], nowMs, FaultCode.None);

        float sustainedA = charge ? limits.SustainedChargeA : limits.SustainedDischargeA;
        float loadA2 = charge ? memory.Envelope.ChargeLoadA2 : memory.Envelope.DischargeLoadA2;
        float lastingA = Sustained(tableA, sustainedA, loadA2);
        if (lastingA < allowedA)
        {
            allowedA = lastingA;
            binding = new(LimitName.SustainedCurrent, MathF.Sqrt(loadA2), sustainedA, -1, nowMs, FaultCode.None);
        }

        for (int kind = 0; kind < LimitKinds.Count; kind++)
        {
            bool cuts = charge ? LimitKinds.CutsCharge((LimitKind)kind) : LimitKinds.CutsDischarge((LimitKind)kind);
            if (!cuts || !limits.Bands[kind].Enabled) continue;
            float limitA = tableA * Derating.Fraction(limits, memory, kind, out var level);
            if (limitA >= allowedA) continue;
            allowedA = limitA;
            float threshold = limits.Bands[kind].Threshold(level);
            binding = new(Derating.Name((LimitKind)kind), memory.KindValue[kind], threshold, memory.KindWhere[kind], nowMs, FaultCode.None);
        }

        return Hard(limits, memory, chargerConnected, charge, tableA, binding, ref allowedA);
    }

    /// <summary>The limits that do not depend on a distance to a threshold.</summary>
    static Binding Hard(
        SafetyLimits limits, SafetyMemory memory, bool chargerConnected, bool charge, float tableA, Binding binding, ref float allowedA)
    {
        long nowMs = memory.Clock.LastMs;
        bool sensorLost = memory.Fault(FaultCode.ProbeLost).Active || memory.Fault(FaultCode.CoolantSensorLost).Active;
        if (sensorLost && limits.SensorLostFraction * tableA < allowedA)
        {
            allowedA = limits.SensorLostFraction * tableA;
            var lost = memory.Fault(FaultCode.ProbeLost).Active ? memory.Fault(FaultCode.ProbeLost) : memory.Fault(FaultCode.CoolantSensorLost);
            binding = new(LimitName.SensorLost, lost.Value, lost.Threshold, lost.Where, nowMs, FaultCode.None);
        }

        var deep = memory.DeepDischarge.Stage;
        float deepA = deep == DeepDischargeStage.Qualified ? limits.DeepDischarge.RecoveryCurrentA : 0;
        if (charge && deep != DeepDischargeStage.None && deepA < allowedA)
        {
            allowedA = deepA;
            binding = new(LimitName.DeepDischarge, memory.DeepDischarge.LowestV, limits.DeepDischarge.DeepV, memory.DeepDischarge.Where, nowMs, FaultCode.None);
        }

        var reaction = FaultBook.Hardest(memory, chargerConnected, out var by);
        bool forbidden = reaction >= FaultReaction.ZeroBoth || (charge && reaction >= FaultReaction.ZeroCharge);
        if (forbidden && allowedA > 0)
        {
            allowedA = 0;
            var fault = memory.Fault(by);
            binding = new(LimitName.Fault, fault.Value, fault.Threshold, fault.Where, nowMs, by);
        }

        if (memory.Machine.Phase != Phase.Running && allowedA > 0)
        {
            allowedA = 0;
            binding = new(LimitName.NotClosed, 0, 0, -1, nowMs, FaultCode.None);
        }

        return binding;
    }

    /// <summary>The table while the mean square has room, the sustained current when it has none, a straight line over the last quarter.</summary>
    static float Sustained(float tableA, float sustainedA, float loadA2)
    {
        if (sustainedA >= tableA) return tableA;
        float fullA2 = sustainedA * sustainedA;
        float room = (fullA2 - loadA2) / (0.25f * fullA2);
        if (float.IsNaN(room) || room < 0) room = 0;
        if (room > 1) room = 1;
        return sustainedA + (tableA - sustainedA) * room;
    }

    static void Loads(SafetyLimits limits, SafetyMemory memory)
    {
        ref var state = ref memory.Envelope;
        float currentA = memory.Current.Value, stepS = 0.001f * memory.Clock.StepMs;
        float share = stepS / (limits.SustainedOverS + stepS);
        float chargeA = currentA > 0 ? currentA : 0, dischargeA = currentA < 0 ? currentA : 0;
        state.ChargeLoadA2 += (chargeA * chargeA - state.ChargeLoadA2) * share;
        state.DischargeLoadA2 += (dischargeA * dischargeA - state.DischargeLoadA2) * share;
    }
}
