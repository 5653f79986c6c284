using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Envelopes;

/// <summary>Switches balancing resistors off where they must not be on.</summary>
static class BleedGate
{
    /// <summary>Keeps the pauses in which every cell is measured: a tap that bleeds leaves its cell unwatched.</summary>
    internal static void Step(SafetyLimits limits, SafetyMemory memory)
    {
        int blindMs = 0;
        bool watched = true;
        for (int i = 0; i < memory.Cells.Length; i++)
        {
            if (memory.Cells[i].Quality != SignalQuality.Bleeding) continue;
            watched = false;
            if (memory.Cells[i].BadMs > blindMs) blindMs = memory.Cells[i].BadMs;
        }

        if (blindMs >= limits.Bleed.MaxBlindMs) memory.BleedPause = true;
        else if (watched) memory.BleedPause = false;
    }

    internal static void Restrict(SafetyLimits limits, SafetyMemory memory, Span<bool> bleed)
    {
        bool off = memory.BleedPause || memory.Fault(FaultCode.BleedBoardHot).Active || FaultBook.AnyLatched(memory) || bleed.Length != memory.Cells.Length;
        for (int i = 0; i < bleed.Length; i++)
        {
            if (off)
            {
                bleed[i] = false;
                continue;
            }

            bool usable = SignalCheck.Usable(memory.Cells[i], limits.CellSignal);
            if (!usable || !(memory.Cells[i].Value > limits.Bleed.MinCellV)) bleed[i] = false;
        }
    }
}
