using AiBms.Telemetry.Frames;

namespace AiBms.Storage;

/// <summary>A batch with the claim on its pack that it is written under: a server that lost the pack to another, and does not know it yet, writes nothing.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Claim">What <see cref="Postgres.PostgresStore.Claim"/> gave; 0 where nobody claims packs.</param>
public readonly record struct ClaimedBatch(RecordBatch Batch, long Claim);
