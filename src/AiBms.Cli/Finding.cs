namespace AiBms.Cli;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Name">What was looked for.</param>
/// <param name="IsOk">It is there and usable.</param>
/// <param name="What">What was found.</param>
/// <param name="Cure">What to do when it is missing.</param>
sealed record Finding(string Name, bool IsOk, string What, string? Cure);
