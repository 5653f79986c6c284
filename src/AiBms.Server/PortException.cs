namespace AiBms.Server;

/// <summary>A port cannot be listened on: exit code 5.</summary>
sealed class PortException(string message, Exception inner) : Exception(message, inner);
