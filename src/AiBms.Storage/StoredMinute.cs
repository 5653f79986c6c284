namespace AiBms.Storage;

/// <summary>What was made of the frames of a minute, so that a long history need not read them all.</summary>
/// <param name="TimeMs">Its beginning, ms since 1970.</param>
/// <param name="Body">As whoever made it wrote it.</param>
public sealed record StoredMinute(long TimeMs, byte[] Body);
