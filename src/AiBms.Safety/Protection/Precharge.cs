using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Protection;

/// <summary>From everything open to closed: weld tests, precharge with voltage and current check, time-out and tries.</summary>
static class Precharge
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        var rules = limits.Contactors;
        switch (machine.Phase)
        {
            case Phase.SelfCheck:
                if (machine.PhaseRestMs >= rules.SelfCheckMs) Next(memory, Phase.MinusWeldTest, new(false, false, true));
                return;
            case Phase.MinusWeldTest:
                // Only precharge is closed: a link that rises is fed through a welded minus contactor.
                if (Rises(limits, memory)) Weld(limits, memory, FaultCode.MinusContactorWelded);
                else if (machine.PhaseRestMs >= rules.WeldTestMs) Next(memory, Phase.PlusWeldTest, new(false, true, false));
                return;
            case Phase.PlusWeldTest:
                if (Rises(limits, memory)) Weld(limits, memory, FaultCode.PlusContactorWelded);
                else if (machine.PhaseRestMs >= rules.WeldTestMs) Next(memory, Phase.Precharging, new(false, true, true));
                return;
            case Phase.Precharging:
                Charge(limits, memory);
                return;
            case Phase.RetryWait:
                if (machine.PhaseRestMs >= rules.RetryWaitMs) Openings.Enter(memory, Phase.SelfCheck);
                return;
            default:
                if (machine.PhaseRestMs < rules.JoinMs) return;
                FaultBook.Set(memory, FaultCode.PrechargeTimeout, false, 0, 0, -1);
                FaultBook.Set(memory, FaultCode.PrechargeOvercurrent, false, 0, 0, -1);
                Next(memory, Phase.Running, new(true, true, false));
                return;
        }
    }

    static void Charge(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        var rules = limits.Contactors;
        float remainingV = MathF.Abs(memory.PackVoltage.Value - memory.LinkVoltage.Value), currentA = MathF.Abs(memory.Current.Value);
        bool measured = memory.PackVoltage.Quality == SignalQuality.Good && memory.LinkVoltage.Quality == SignalQuality.Good
            && memory.Current.Quality == SignalQuality.Good;
        bool done = measured && remainingV < rules.PrechargeEndV && currentA < rules.PrechargeEndA;
        machine.ConfirmMs = done ? SignalCheck.Add(machine.ConfirmMs, memory.Clock.RestStepMs) : 0;
        if (done && machine.ConfirmMs >= rules.PrechargeConfirmMs)
        {
            Next(memory, Phase.Joining, new(true, true, true));
            return;
        }

        bool tooMuch = measured && currentA > rules.PrechargeMaxA;
        bool tooLong = machine.PhaseMs >= rules.PrechargeTimeoutMs;
        if (!tooMuch && !tooLong) return;
        machine.Tries++;
        if (tooMuch) FaultBook.Set(memory, FaultCode.PrechargeOvercurrent, true, currentA, rules.PrechargeMaxA, -1);
        else FaultBook.Set(memory, FaultCode.PrechargeTimeout, true, remainingV, rules.PrechargeEndV, machine.Tries);
        Openings.AllOpen(memory);
        if (machine.Tries < rules.PrechargeTries)
        {
            Openings.Enter(memory, Phase.RetryWait);
            return;
        }

        machine.Tripped = true;
        machine.Rearmed = false;
        FaultBook.Set(memory, FaultCode.PrechargeFailed, true, machine.Tries, rules.PrechargeTries, -1);
    }

    static bool Rises(SafetyLimits limits, SafetyMemory memory) =>
        memory.LinkVoltage.Quality == SignalQuality.Good
        && memory.LinkVoltage.Value - memory.Machine.LinkAtPhaseV > limits.Contactors.WeldRiseFraction * memory.PackVoltage.Value;

    static void Weld(SafetyLimits limits, SafetyMemory memory, FaultCode code)
    {
        float expectedV = memory.Machine.LinkAtPhaseV + limits.Contactors.WeldRiseFraction * memory.PackVoltage.Value;
        FaultBook.Set(memory, code, true, memory.LinkVoltage.Value, expectedV, -1);
        Openings.Trip(limits, memory);
        Openings.AllOpen(memory);
    }

    static void Next(SafetyMemory memory, Phase phase, ContactorCommand command)
    {
        Openings.Command(memory, command);
        Openings.Enter(memory, phase);
    }
}
