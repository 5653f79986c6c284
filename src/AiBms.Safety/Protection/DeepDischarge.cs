using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Protection;

/// <summary>Refuses to charge a pack whose cell was deeply discharged until somebody has qualified it.</summary>
static class DeepDischarge
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory)
    {
        ref var state = ref memory.DeepDischarge;
        var rules = limits.DeepDischarge;
        float lowestV = memory.KindValue[(int)LimitKind.CellVoltageLow];
        int stepMs = memory.Clock.StepMs, restMs = memory.Clock.RestStepMs;
        LimitMonitor.Update(ref state.Below, lowestV, true, true, rules.DeepV, 0, rules.DebounceMs, rules.DebounceMs, stepMs, restMs);
        LimitMonitor.Update(ref state.Recovered, lowestV, true, false, rules.RecoveredV, 0, rules.DebounceMs, rules.DebounceMs, restMs, restMs);

        if (state.Stage == DeepDischargeStage.None && state.Below.Active)
        {
            state.Stage = DeepDischargeStage.Refused;
            state.LowestV = lowestV;
            state.Where = memory.KindWhere[(int)LimitKind.CellVoltageLow];
        }
        else if (state.Stage == DeepDischargeStage.Qualified)
        {
            state.RecoveryMs = Signals.SignalCheck.Add(state.RecoveryMs, stepMs);
            if (state.Recovered.Active) state.Stage = DeepDischargeStage.None;
            else if (state.RecoveryMs >= rules.RecoveryMs) state.Stage = DeepDischargeStage.Refused;
        }

        FaultBook.Set(memory, FaultCode.DeepDischarge, state.Stage == DeepDischargeStage.Refused, state.LowestV, rules.DeepV, state.Where);
    }

    /// <summary>Allows a recovery charge. Called by the service access alone.</summary>
    internal static bool Qualify(SafetyMemory memory)
    {
        if (memory.DeepDischarge.Stage != DeepDischargeStage.Refused) return false;
        memory.DeepDischarge.Stage = DeepDischargeStage.Qualified;
        memory.DeepDischarge.RecoveryMs = 0;
        return true;
    }
}
