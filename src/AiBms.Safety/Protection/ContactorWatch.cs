using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Protection;

/// <summary>Compares what the contactors were told with what their auxiliary contacts and the link voltage show.</summary>
static class ContactorWatch
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        ref var machine = ref memory.Machine;
        var rules = limits.Contactors;
        int stepMs = memory.Clock.StepMs;
        machine.PlusSteadyMs = SignalCheck.Add(machine.PlusSteadyMs, stepMs);
        machine.MinusSteadyMs = SignalCheck.Add(machine.MinusSteadyMs, stepMs);
        machine.PrechargeSteadyMs = SignalCheck.Add(machine.PrechargeSteadyMs, stepMs);

        bool plusWelded = Welded(machine.Contactors.Plus, input.PlusAux, machine.PlusSteadyMs, rules.TravelMs);
        bool minusWelded = Welded(machine.Contactors.Minus, input.MinusAux, machine.MinusSteadyMs, rules.TravelMs);
        bool prechargeWelded = Welded(machine.Contactors.Precharge, input.PrechargeAux, machine.PrechargeSteadyMs, rules.TravelMs);

        // Both welded: long after opening the link still follows the pack. One weld alone is found by the tests before closing.
        bool follows = machine.Contactors.AllOpen && machine.OpenForMs > 0
            && memory.LinkVoltage.Quality == SignalQuality.Good && memory.PackVoltage.Quality == SignalQuality.Good
            && MathF.Abs(memory.PackVoltage.Value - memory.LinkVoltage.Value) < rules.WeldToleranceV;
        machine.LinkFollowsMs = follows ? SignalCheck.Add(machine.LinkFollowsMs, memory.Clock.RestStepMs) : 0;
        bool bothWelded = follows && machine.LinkFollowsMs >= rules.WeldAfterOpeningMs && !input.ChargerConnected;

        float linkV = memory.LinkVoltage.Value, expectedV = memory.PackVoltage.Value - rules.WeldToleranceV;
        FaultBook.Set(memory, FaultCode.PlusContactorWelded, plusWelded || bothWelded, linkV, expectedV, -1);
        FaultBook.Set(memory, FaultCode.MinusContactorWelded, minusWelded || bothWelded, linkV, expectedV, -1);
        FaultBook.Set(memory, FaultCode.PrechargeRelayWelded, prechargeWelded, linkV, expectedV, -1);

        bool stuckOpen = StuckOpen(machine.Contactors.Plus, input.PlusAux, machine.PlusSteadyMs, rules.TravelMs)
            || StuckOpen(machine.Contactors.Minus, input.MinusAux, machine.MinusSteadyMs, rules.TravelMs)
            || StuckOpen(machine.Contactors.Precharge, input.PrechargeAux, machine.PrechargeSteadyMs, rules.TravelMs);
        FaultBook.Set(memory, FaultCode.ContactorStuckOpen, stuckOpen, 0, 0, -1);
    }

    static bool Welded(bool closed, AuxContact aux, int steadyMs, int travelMs) => !closed && aux == AuxContact.Closed && steadyMs > travelMs;

    static bool StuckOpen(bool closed, AuxContact aux, int steadyMs, int travelMs) => closed && aux == AuxContact.Open && steadyMs > travelMs;
}
