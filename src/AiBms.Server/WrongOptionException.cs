namespace AiBms.Server;

/// <summary>An option of the command line cannot be used: exit code 2.</summary>
sealed class WrongOptionException(string message) : Exception(message);
