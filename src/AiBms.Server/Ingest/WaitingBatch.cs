using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest;

/// <summary>A batch on its way to the disk, and whoever waits for it.</summary>
/// <param name="Claimed">The batch, and the claim that it is written under.</param>
/// <param name="Done">Its records that are new; null where another server has claimed its pack since.</param>
readonly record struct WaitingBatch(ClaimedBatch Claimed, TaskCompletionSource<IReadOnlyList<Record>?> Done);
