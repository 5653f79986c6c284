namespace AiBms.Server.Audit;

/// <summary>The audit log is not what was written.</summary>
sealed class TamperedException(string message) : Exception(message);
