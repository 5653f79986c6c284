namespace AiBms.Telemetry.Frames;

/// <summary>What a pack may be called: its name is part of topics, addresses and file names.</summary>
public static class PackIds
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "use 1 to 64 of the letters a-z, A-Z, digits, '-' and '_'.";

    /// <summary>True where a name keeps to the rule.</summary>
    public static bool IsValid(string? name) => name is { Length: >= 1 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
