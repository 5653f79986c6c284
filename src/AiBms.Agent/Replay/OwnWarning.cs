namespace AiBms.Agent.Replay;

/// <summary>A level of the record's own warnings.</summary>
/// <param name="Level">The level, as the record has it.</param>
/// <param name="Rows">Rows at this level.</param>
/// <param name="Stretches">Times it was reached.</param>
/// <param name="FirstRow">First row at this level, from 0.</param>
/// <param name="RowsWithEvent">Rows at this level in which the chain had a warning or worse of its own, lost probes left out.</param>
/// <param name="ChargingRows">Rows at this level in which the pack was charged.</param>
public sealed record OwnWarning(int Level, long Rows, int Stretches, int FirstRow, long RowsWithEvent, long ChargingRows);
