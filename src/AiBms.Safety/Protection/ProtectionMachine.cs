using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Protection;

/// <summary>The protection state machine: the only place that closes a contactor.</summary>
static class ProtectionMachine
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        ref var machine = ref memory.Machine;
        machine.PhaseMs = SignalCheck.Add(machine.PhaseMs, memory.Clock.StepMs);
        machine.PhaseRestMs = SignalCheck.Add(machine.PhaseRestMs, memory.Clock.RestStepMs);
        Openings.Forget(limits, memory);

        var reaction = FaultBook.Hardest(memory, input.ChargerConnected, out _);
        Act(limits, memory, input, reaction);
        machine.State = StateOf(limits, memory, input, reaction);
    }

    static void Act(SafetyLimits limits, SafetyMemory memory, in SafetyInput input, FaultReaction reaction)
    {
        ref var machine = ref memory.Machine;
        if (machine.Phase == Phase.Resting)
        {
            Rest(limits, memory, input, reaction);
            return;
        }

        if (reaction == FaultReaction.OpenAtOnce)
        {
            Openings.Trip(limits, memory);
            Openings.AllOpen(memory);
            return;
        }

        switch (machine.Phase)
        {
            case Phase.Running:
            case Phase.Fading:
                if (reaction >= FaultReaction.Open) Openings.Begin(limits, memory);
                else Run(limits, memory, input);
                return;
            case Phase.FuseWait:
            case Phase.Opening:
                Openings.Step(limits, memory);
                return;
            default:
                if (reaction >= FaultReaction.ZeroBoth)
                {
                    Openings.Trip(limits, memory);
                    Openings.AllOpen(memory);
                }
                else if (!input.CloseRequested)
                {
                    machine.Tripped = false;
                    Openings.AllOpen(memory);
                }
                else
                {
                    Precharge.Step(limits, memory);
                }

                return;
        }
    }

    static void Rest(SafetyLimits limits, SafetyMemory memory, in SafetyInput input, FaultReaction reaction)
    {
        ref var machine = ref memory.Machine;
        machine.OpenForMs = SignalCheck.Add(machine.OpenForMs, memory.Clock.RestStepMs);
        bool allowed = reaction < FaultReaction.ZeroBoth && Ready(limits, memory);
        if (!input.CloseRequested) machine.Rearmed = true;
        // Closing asked for while it is not allowed must be asked for again: nothing closes by surprise when a cause goes away.
        else if (reaction >= FaultReaction.Open) machine.Rearmed = false;
        if (!machine.Rearmed || !allowed || !input.CloseRequested || machine.OpenForMs < limits.Contactors.RecloseWaitMs) return;
        machine.Tries = 0;
        machine.Tripped = false;
        Openings.Enter(memory, Phase.SelfCheck);
    }

    /// <summary>True where everything that closing depends on is believed in this step.</summary>
    static bool Ready(SafetyLimits limits, SafetyMemory memory)
    {
        for (int i = 0; i < memory.Cells.Length; i++)
            if (!SignalCheck.Usable(memory.Cells[i], limits.CellSignal)) return false;
        int probes = 0;
        for (int i = 0; i < memory.Probes.Length; i++)
            if (SignalCheck.Usable(memory.Probes[i], limits.ProbeSignal)) probes++;
        if (probes < limits.ProbesNeeded) return false;
        if (memory.Current.Quality != SignalQuality.Good || memory.PackVoltage.Quality != SignalQuality.Good) return false;
        if (memory.LinkVoltage.Quality != SignalQuality.Good) return false;
        return !limits.HasIsolationMonitor || (memory.Isolation.Seen && !memory.Fault(FaultCode.IsolationLost).Active);
    }

    static void Run(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        ref var machine = ref memory.Machine;
        if (machine.Phase == Phase.Running)
        {
            if (!input.CloseRequested) Openings.Enter(memory, Phase.Fading);
            return;
        }

        if (input.CloseRequested)
        {
            Openings.Enter(memory, Phase.Running);
            return;
        }

        bool faded = memory.Current.Quality == SignalQuality.Good && MathF.Abs(memory.Current.Value) <= limits.Contactors.FadeA;
        if (!faded && machine.PhaseMs < limits.Contactors.FadeMs) return;
        machine.Tripped = false;
        Openings.Start(limits, memory);
    }

    static ProtectionState StateOf(SafetyLimits limits, SafetyMemory memory, in SafetyInput input, FaultReaction reaction)
    {
        ref var machine = ref memory.Machine;
        if (FaultBook.AnyLatched(memory)) return ProtectionState.LatchedFault;
        if (machine.Phase is Phase.Running or Phase.Fading) return Derated(limits, memory) ? ProtectionState.Derated : ProtectionState.Closed;
        if (machine.Phase is Phase.FuseWait or Phase.Opening) return machine.Tripped ? ProtectionState.Open : ProtectionState.Off;
        if (machine.Phase != Phase.Resting) return ProtectionState.Precharge;
        bool waits = machine.Tripped && (!machine.Rearmed || machine.OpenForMs < limits.Contactors.RecloseWaitMs);
        return reaction >= FaultReaction.Open || waits ? ProtectionState.Open : ProtectionState.Off;
    }

    static bool Derated(SafetyLimits limits, SafetyMemory memory)
    {
        for (int kind = 0; kind < LimitKinds.Count; kind++)
        {
            bool restricts = LimitKinds.CutsCharge((LimitKind)kind) || LimitKinds.CutsDischarge((LimitKind)kind);
            if (limits.Bands[kind].Enabled && restricts && memory.Levels[kind * LimitKinds.Levels].Active) return true;
        }

        for (int i = LimitKinds.Count * LimitKinds.Levels; i < memory.Faults.Length; i++)
            if (memory.Faults[i].Present && FaultCatalogue.Row((FaultCode)i).Reaction != FaultReaction.None) return true;
        return false;
    }
}
