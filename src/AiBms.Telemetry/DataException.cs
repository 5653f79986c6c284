namespace AiBms.Telemetry;

/// <summary>Data from outside cannot be used. The message is one sentence for the user: what, where, what to do.</summary>
public sealed class DataException : Exception
{
    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    public DataException(string message) : base(message) { }

    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    /// <param name="inner">What was thrown below.</param>
    public DataException(string message, Exception inner) : base(message, inner) { }
}
