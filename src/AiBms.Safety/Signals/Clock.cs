using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Signals;

/// <summary>Turns the input's time into the step that is credited.</summary>
/// <remarks>A clock that stands or runs back ages every danger by an assumed step and lets nothing recover; a leap is credited up to a cap.</remarks>
static class Clock
{
    internal static void Step(SafetyLimits limits, SafetyMemory memory, long timeMs)
    {
        ref var clock = ref memory.Clock;
        bool advanced = clock.Started && timeMs > clock.LastMs;
        // The distance of two 64-bit times always fits without a sign, also from the least to the greatest.
        ulong gapMs = advanced ? unchecked((ulong)timeMs - (ulong)clock.LastMs) : 0;
        clock.GapMs = gapMs > SignalCheck.LongMs ? SignalCheck.LongMs : (int)gapMs;

        clock.RestStepMs = clock.GapMs > limits.MaxStepMs ? limits.MaxStepMs : clock.GapMs;
        clock.StepMs = advanced ? clock.RestStepMs : limits.AssumedStepMs;
        bool stood = clock.Started && !advanced;
        clock.StoodMs = stood ? SignalCheck.Add(clock.StoodMs, limits.AssumedStepMs) : 0;
        clock.LastMs = timeMs;
        clock.Started = true;

        FaultBook.SetAfter(memory, FaultCode.ClockFault, clock.StoodMs >= limits.ClockLostMs, 0, clock.StoodMs, limits.ClockLostMs, -1);
        FaultBook.Set(memory, FaultCode.StepGap, clock.GapMs > limits.MaxStepMs, clock.GapMs, limits.MaxStepMs, -1);
    }
}
