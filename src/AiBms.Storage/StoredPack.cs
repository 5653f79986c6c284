using AiBms.Telemetry.Frames;

namespace AiBms.Storage;

/// <summary>How far a pack's records have come, and the last of each kind that screens start from.</summary>
/// <param name="PackId">The pack.</param>
/// <param name="Epoch">Its journal.</param>
/// <param name="Seq">The last record that is stored.</param>
/// <param name="MissingCount">Records that never came or were dropped on their way: gaps are counted, not hidden.</param>
/// <param name="Last">The last card, estimates and frame, as far as there are.</param>
public sealed record StoredPack(string PackId, long Epoch, long Seq, long MissingCount, IReadOnlyList<Record> Last);
