namespace AiBms.Cli.Shell;

/// <summary>The command line asks for something that cannot be, in a way the parser cannot see. The message is one sentence.</summary>
sealed class UsageException(string message) : Exception(message);
