namespace AiBms.Storage;

/// <summary>What was made of a pack's minutes.</summary>
public sealed record PackMinutes(string PackId, IReadOnlyList<StoredMinute> Minutes);
