namespace AiBms.Server.Audit;

/// <summary>One thing that somebody did.</summary>
/// <param name="Number">From 1, without gap.</param>
/// <param name="At">When.</param>
/// <param name="Who">A user, a pack, an address, or the server itself.</param>
/// <param name="What">What they did, a word or two.</param>
/// <param name="About">To whom or what.</param>
/// <param name="Detail">What else there is to say; never a secret.</param>
sealed record AuditEntry(long Number, DateTimeOffset At, string Who, string What, string About, string Detail);
