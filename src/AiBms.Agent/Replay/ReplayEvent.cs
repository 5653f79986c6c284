using AiBms.Agent.Chain;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Replay;

/// <summary>A fault over a record: how often, how long, how bad, with the record's own warning beside it.</summary>
/// <param name="Code">Which fault.</param>
/// <param name="Where">Cell or probe from 0; −1 for the pack.</param>
/// <param name="IsTap">True where it tells of a tap, not of a cell.</param>
/// <param name="First">The first of them.</param>
/// <param name="FirstRow">Row of the record, from 0.</param>
/// <param name="Count">How often it began.</param>
/// <param name="DurationS">How long it lasted in all, s.</param>
/// <param name="OwnWarning">The record's own warning level when it first began; NaN where the record has none.</param>
/// <param name="OwnWarningMax">The highest of them over all its beginnings.</param>
public sealed record ReplayEvent(FaultCode Code, int Where, bool IsTap, PackEvent First, int FirstRow, int Count, double DurationS, double OwnWarning, double OwnWarningMax)
{
    /// <summary>The sentence of the first, with the mean duration of all.</summary>
    public string Sentence => (First with { TimeS = First.SinceS + DurationS / Count }).Sentence;

    /// <summary>True where it is an alarm about a cell: fatal, at a cell, and not of its tap. A runaway is the pack's.</summary>
    public bool IsCellAlarm => !IsTap && Code != FaultCode.ThermalRunaway && FaultCatalogue.Row(Code).Place == FaultPlace.Cell && FaultCatalogue.Row(Code).Level == FaultLevel.Fatal;
}
