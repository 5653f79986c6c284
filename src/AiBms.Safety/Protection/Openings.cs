using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Protection;

/// <summary>Opens the contactors: break current, wait for the fuse, one after the other; and counts openings for protection.</summary>
static class Openings
{
    /// <summary>An opening for protection.</summary>
    internal static void Begin(SafetyLimits limits, SafetyMemory memory)
    {
        Trip(limits, memory);
        Start(limits, memory);
    }

    /// <summary>Marks the opening as one for protection, once.</summary>
    internal static void Trip(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        if (!machine.Tripped || machine.Phase is not (Phase.FuseWait or Phase.Opening)) machine.Openings++;
        machine.Tripped = true;
        machine.Rearmed = false;
        machine.ForgetMs = 0;
        bool cycles = machine.Openings >= limits.Contactors.MaxOpenings;
        if (cycles) FaultBook.Set(memory, FaultCode.ContactorCycling, true, machine.Openings, limits.Contactors.MaxOpenings, -1);
    }

    /// <summary>Begins to open; above the break current the fuse gets its time first.</summary>
    internal static void Start(SafetyLimits limits, SafetyMemory memory)
    {
        bool tooHigh = MathF.Abs(memory.Current.Value) > limits.Contactors.BreakCurrentA;
        if (tooHigh) Enter(memory, Phase.FuseWait);
        else OpenFirst(limits, memory);
    }

    internal static void Step(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        var rules = limits.Contactors;
        if (machine.Phase == Phase.FuseWait)
        {
            float currentA = MathF.Abs(memory.Current.Value);
            bool tooHigh = currentA > rules.BreakCurrentA;
            if (tooHigh && machine.PhaseMs < rules.FuseWaitMs) return;
            if (tooHigh) FaultBook.Set(memory, FaultCode.BreakCurrentExceeded, true, currentA, rules.BreakCurrentA, -1);
            OpenFirst(limits, memory);
            return;
        }

        if (machine.PhaseMs >= rules.StaggerMs) AllOpen(memory);
    }

    /// <summary>The contactor whose arc is blown out in this direction opens first: plus when discharging, minus when charging.</summary>
    static void OpenFirst(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        machine.MinusFirst = memory.Current.Value > 0;
        Command(memory, machine.MinusFirst ? new(true, false, false) : new(false, true, false));
        Enter(memory, Phase.Opening);
        if (limits.Contactors.StaggerMs == 0) AllOpen(memory);
    }

    /// <summary>Everything open, at rest.</summary>
    internal static void AllOpen(SafetyMemory memory)
    {
        Command(memory, default);
        memory.Machine.OpenForMs = 0;
        Enter(memory, Phase.Resting);
    }

    internal static void Enter(SafetyMemory memory, Phase phase)
    {
        ref var machine = ref memory.Machine;
        machine.Phase = phase;
        machine.PhaseMs = 0;
        machine.PhaseRestMs = 0;
        machine.ConfirmMs = 0;
        machine.LinkAtPhaseV = memory.LinkVoltage.Value;
    }

    /// <summary>Commands the contactors and notes when each changed.</summary>
    internal static void Command(SafetyMemory memory, ContactorCommand command)
    {
        ref var machine = ref memory.Machine;
        if (command.Plus != machine.Contactors.Plus) machine.PlusSteadyMs = 0;
        if (command.Minus != machine.Contactors.Minus) machine.MinusSteadyMs = 0;
        if (command.Precharge != machine.Contactors.Precharge) machine.PrechargeSteadyMs = 0;
        machine.Contactors = command;
    }

    /// <summary>Lets the count of openings fade by the clock's advance alone.</summary>
    internal static void Forget(SafetyLimits limits, SafetyMemory memory)
    {
        ref var machine = ref memory.Machine;
        FaultBook.Set(memory, FaultCode.ContactorCycling, false, 0, 0, -1);
        FaultBook.Set(memory, FaultCode.BreakCurrentExceeded, false, 0, 0, -1);
        FaultBook.Set(memory, FaultCode.PrechargeFailed, false, 0, 0, -1);
        if (machine.Openings == 0) return;
        machine.ForgetMs = SignalCheck.Add(machine.ForgetMs, memory.Clock.RestStepMs);
        if (machine.ForgetMs < limits.Contactors.OpeningForgottenMs) return;
        machine.ForgetMs = 0;
        machine.Openings--;
    }
}
