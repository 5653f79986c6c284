namespace AiBms.Trials.Fuzz;

/// <summary>A parser that meets what others send.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Weight">How often it comes, compared with the others.</param>
/// <param name="Seeds">Good inputs that bad ones are made of.</param>
/// <param name="Read">Reads an input: returns, or throws a <see cref="AiBms.Telemetry.DataException"/> whose sentence says why not; anything else is a fault.</param>
/// <param name="Wrap">Puts around a changed input what the parser checks first, such as a checksum; null for nothing.</param>
sealed record FuzzTarget(string Name, int Weight, byte[][] Seeds, Action<byte[]> Read, Func<byte[], byte[]>? Wrap = null);
