namespace AiBms.Battery.Cells;

/// <summary>A cell is unknown, or its file is not usable. The message is one sentence for the user.</summary>
public sealed class CellException : Exception
{
    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    public CellException(string message) : base(message) { }

    /// <param name="message">One sentence: what is wrong, where, and what to do.</param>
    /// <param name="inner">What was thrown below.</param>
    public CellException(string message, Exception inner) : base(message, inner) { }
}
