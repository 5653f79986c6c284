using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Envelopes;

/// <summary>Opens the contactors where a charger or load keeps taking more than the envelope of the step before allowed.</summary>
static class OverrunWatch
{
    internal static void Check(SafetyLimits limits, SafetyMemory memory)
    {
        float currentA = memory.Current.Value;
        bool charging = currentA > 0;
        float allowedA = charging ? memory.Envelope.ChargeA : memory.Envelope.DischargeA;
        float overA = MathF.Abs(currentA) - (allowedA * (1 + limits.OverrunFraction) + limits.OverrunA);
        bool closed = memory.Machine.Phase is Phase.Running or Phase.Fading;
        bool overrun = closed && memory.Current.Quality == SignalQuality.Good && overA > 0;
        FaultBook.SetAfter(memory, FaultCode.CurrentBeyondEnvelope, overrun, limits.OverrunMs, MathF.Abs(currentA), allowedA, -1);
    }
}
