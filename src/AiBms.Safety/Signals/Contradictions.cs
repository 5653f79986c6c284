using AiBms.Safety.Faults;
using AiBms.Safety.Limits;

namespace AiBms.Safety.Signals;

/// <summary>Reports measurements that cannot both be right.</summary>
static class Contradictions
{
    internal static void Report(SafetyLimits limits, SafetyMemory memory, in SafetyInput input)
    {
        Sum(limits, memory);
        Redundant(limits, memory);
        // Current with everything open and at rest for a while: an offset, or a contactor that does not open.
        bool open = memory.Machine.Contactors.AllOpen && memory.Machine.OpenForMs >= limits.Contactors.TravelMs;
        float currentA = MathF.Abs(memory.Current.Value);
        bool flows = open && memory.Current.Quality == SignalQuality.Good && currentA > limits.RestCurrentA;
        FaultBook.SetAfter(memory, FaultCode.CurrentWhileOpen, flows, limits.MismatchMs, currentA, limits.RestCurrentA, -1);
        FaultBook.SetAfter(memory, FaultCode.InterlockOpen, !input.InterlockClosed, limits.InterlockMs, 0, 0, -1);
        FaultBook.Set(memory, FaultCode.CrashDetected, input.CrashDetected, 0, 0, -1);
        FaultBook.SetAfter(
            memory, FaultCode.BleedBoardHot, input.BoardTemperatureDegC > limits.Bleed.MaxBoardDegC, limits.MismatchMs, input.BoardTemperatureDegC, limits.Bleed.MaxBoardDegC, -1);
    }

    static void Sum(SafetyLimits limits, SafetyMemory memory)
    {
        // Only voltages believed in this step are summed: held ones may be old.
        bool all = memory.PackVoltage.Quality == SignalQuality.Good;
        float sumV = 0;
        for (int i = 0; i < memory.Cells.Length; i++)
        {
            all = all && memory.Cells[i].Quality == SignalQuality.Good;
            sumV += memory.Cells[i].Value;
        }

        float differenceV = MathF.Abs(sumV - memory.PackVoltage.Value);
        FaultBook.SetAfter(memory, FaultCode.CellSumMismatch, all && differenceV > limits.SumToleranceV, limits.MismatchMs, differenceV, limits.SumToleranceV, -1);
    }

    static void Redundant(SafetyLimits limits, SafetyMemory memory)
    {
        if (!limits.HasRedundantCurrent) return;
        float differenceA = MathF.Abs(memory.Current.Value - memory.Redundant.Value);
        float allowedA = limits.RedundantToleranceA + limits.RedundantFraction * MathF.Abs(memory.Current.Value);
        bool both = memory.Current.Quality == SignalQuality.Good && memory.Redundant.Quality == SignalQuality.Good;
        bool lost = memory.Redundant.BadMs >= limits.CurrentSignal.LostMs;
        FaultBook.SetAfter(memory, FaultCode.CurrentMismatch, lost || (both && differenceA > allowedA), limits.MismatchMs, differenceA, allowedA, -1);
    }
}
