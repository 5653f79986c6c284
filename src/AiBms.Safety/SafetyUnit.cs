using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Runaway;
using AiBms.Safety.Signals;

namespace AiBms.Safety;

/// <summary>The protection of a pack: reads, decides, restricts. Deterministic, allocates nothing, throws nothing in the loop.</summary>
/// <remarks>
/// Once per step: <see cref="Observe"/> with what was measured, then <see cref="Restrict"/> with what control would like. Both work on
/// memory that the caller owns. Float arithmetic in one order of operations and plain branches, so that C gives the same bits.
/// </remarks>
public static class SafetyUnit
{
    /// <summary>Takes in one step of measurements and decides state, contactors and allowed currents.</summary>
    /// <param name="memory">The pack's memory, with the limits it was made with; its output is renewed.</param>
    /// <param name="input">The measurements; anything may be missing or nonsense.</param>
    public static SafetyOutput Observe(SafetyMemory memory, in SafetyInput input)
    {
        var limits = memory.Limits;
        Clock.Step(limits, memory, input.TimeMs);
        Plausibility.Check(limits, memory, input);
        LimitWatch.Check(limits, memory, input);
        RunawayWatch.Step(limits, memory, input);
        DeepDischarge.Step(limits, memory);
        OverrunWatch.Check(limits, memory);
        ContactorWatch.Step(limits, memory, input);
        ServiceAccess.Step(limits, memory, input);
        ProtectionMachine.Step(limits, memory, input);
        Envelope.Step(limits, memory, input.ChargerConnected);
        BleedGate.Step(limits, memory);
        memory.Output = Output(memory);
        return memory.Output;
    }

    /// <summary>Cuts a command down to what is allowed now. Never gives more than was proposed.</summary>
    /// <param name="memory">The pack's memory after this step's <see cref="Observe"/>.</param>
    /// <param name="proposal">What control would like.</param>
    /// <param name="bleed">Which balancing resistors control would like on; those that must not be are switched off here.</param>
    public static SafeCommand Restrict(SafetyMemory memory, in CommandProposal proposal, Span<bool> bleed)
    {
        BleedGate.Restrict(memory.Limits, memory, bleed);
        float chargeA = Cut(proposal.ChargeLimitA, memory.Envelope.ChargeA), dischargeA = Cut(proposal.DischargeLimitA, memory.Envelope.DischargeA);
        var charge = memory.Envelope.ChargeBinding;
        var discharge = memory.Envelope.DischargeBinding;
        if (chargeA < memory.Envelope.ChargeA) charge = new(LimitName.Command, proposal.ChargeLimitA, chargeA, -1, memory.Clock.LastMs, FaultCode.None);
        if (dischargeA < memory.Envelope.DischargeA) discharge = new(LimitName.Command, proposal.DischargeLimitA, dischargeA, -1, memory.Clock.LastMs, FaultCode.None);

        float currentA = proposal.CurrentA;
        if (float.IsNaN(currentA)) currentA = 0;
        if (currentA < -dischargeA) currentA = -dischargeA;
        if (currentA > chargeA) currentA = chargeA;
        return new(memory.Machine.Contactors, chargeA, charge, dischargeA, discharge, currentA);
    }

    static float Cut(float askedA, float allowedA)
    {
        if (float.IsNaN(askedA) || askedA < 0) return 0;
        return askedA < allowedA ? askedA : allowedA;
    }

    static SafetyOutput Output(SafetyMemory memory)
    {
        ref var runaway = ref memory.Runaway;
        return new()
        {
            TimeMs = memory.Clock.LastMs,
            State = memory.Machine.State,
            Contactors = memory.Machine.Contactors,
            ChargeLimitA = memory.Envelope.ChargeA,
            ChargeBinding = memory.Envelope.ChargeBinding,
            DischargeLimitA = memory.Envelope.DischargeA,
            DischargeBinding = memory.Envelope.DischargeBinding,
            Runaway = new(runaway.Active, runaway.Remembered, runaway.Where, runaway.SinceMs, runaway.GainedMs),
            BleedPause = memory.BleedPause,
            RecoveryCharge = memory.DeepDischarge.Stage == DeepDischargeStage.Qualified,
            ServiceChallenge = memory.Service.Challenge,
        };
    }
}
