using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Protection;

/// <summary>The only way to end latched faults and to qualify a deeply discharged cell.</summary>
static class ServiceAccess
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        ref var state = ref memory.Service;
        bool asked = input.Service != ServiceRequest.None && state.Before == ServiceRequest.None;
        bool granted = false;
        if (asked)
        {
            bool answered = input.ServiceAnswer == ServiceChallenge.Answer(state.Challenge, limits.ServiceKey, input.Service);
            // The pack must be at rest, and nobody may be waiting for it to close by surprise.
            bool atRest = memory.Machine.Contactors.AllOpen && !input.CloseRequested;
            if (answered && atRest && input.Service == ServiceRequest.ResetFaults) granted = Reset(memory);
            if (answered && atRest && input.Service == ServiceRequest.QualifyDeepDischarge) granted = DeepDischarge.Qualify(memory);
            // Every try, right or wrong, spends the challenge.
            state.Challenge = ServiceChallenge.Mix(state.Challenge + 1);
        }

        state.Before = input.Service;
        if (asked) FaultBook.Set(memory, FaultCode.ServiceRefused, !granted, 0, 0, -1);
        else if (input.Service == ServiceRequest.None) FaultBook.Set(memory, FaultCode.ServiceRefused, false, 0, 0, -1);
    }

    /// <summary>Ends every latched fault, or none while a cause is still there.</summary>
    static bool Reset(SafetyMemory memory)
    {
        for (int i = 0; i < memory.Faults.Length; i++)
            if (memory.Faults[i].Latched && memory.Faults[i].Active) return false;
        for (int i = 0; i < memory.Faults.Length; i++) memory.Faults[i] = memory.Faults[i] with { Latched = false };
        memory.Machine.Openings = 0;
        memory.Machine.LinkFollowsMs = 0;
        return true;
    }
}
