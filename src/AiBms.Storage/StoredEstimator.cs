namespace AiBms.Storage;

/// <summary>What the server's own estimator knew of a pack.</summary>
/// <param name="Epoch">The journal that it had read.</param>
/// <param name="Seq">The last record of it that it had read.</param>
/// <param name="TimeMs">Time of its last frame on the pack's clock, ms since 1970.</param>
/// <param name="Body">Its own words.</param>
/// <param name="Claim">Under which claim it was made (see <see cref="Postgres.PostgresStore.Claim"/>); 0 where one server keeps all packs.</param>
public sealed record StoredEstimator(long Epoch, long Seq, long TimeMs, byte[] Body, long Claim = 0);
