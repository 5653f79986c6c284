namespace AiBms.Server.Devices;

/// <summary>A certificate that this server gave out.</summary>
/// <param name="Serial">Its number, hexadecimal.</param>
/// <param name="Pack">Whose.</param>
/// <param name="Until">When it ends.</param>
/// <param name="RevokedAt">When it was taken back; null while it holds.</param>
/// <param name="RevokedBy">By whom; empty while it holds.</param>
sealed record Device(string Serial, string Pack, DateTimeOffset Until, DateTimeOffset? RevokedAt, string RevokedBy);
