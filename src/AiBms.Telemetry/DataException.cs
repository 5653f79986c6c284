namespace AiBms.Telemetry;

/// <summary>Data from outside cannot be used. The message is one sentence for the user: what, where, what to do.</summary>
/// <remarks>Names out of a file may hold anything: control characters become '?', so that no file breaks the line or steers the terminal.</remarks>
public sealed class DataException : Exception
{
    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    public DataException(string message) : base(Printable(message)) { }

    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    /// <param name="inner">What was thrown below.</param>
    public DataException(string message, Exception inner) : base(Printable(message), inner) { }

    static string Printable(string message) => string.Create(message.Length, message, (line, source) =>
    {
        for (int k = 0; k < line.Length; k++) line[k] = char.IsControl(source[k]) ? '?' : source[k];
    });
}
