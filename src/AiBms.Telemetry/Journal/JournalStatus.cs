namespace AiBms.Telemetry.Journal;

/// <summary>How full a pack's journal is.</summary>
/// <param name="WaitingCount">Records that wait to be acknowledged.</param>
/// <param name="OldestMs">Time of the oldest of them, ms since 1970; null where none waits.</param>
/// <param name="DroppedCount">Records that were thinned out or dropped since the journal began.</param>
/// <param name="LastSeq">Number of the last record that is durable.</param>
public readonly record struct JournalStatus(long WaitingCount, long? OldestMs, long DroppedCount, long LastSeq);
