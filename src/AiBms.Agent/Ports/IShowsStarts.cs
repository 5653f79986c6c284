namespace AiBms.Agent.Ports;

/// <summary>A port that shows starts which its source does not have.</summary>
public interface IShowsStarts
{
    /// <summary>True where the last reading is of such a start: for the protection, with nothing in it to learn from.</summary>
    bool IsLead { get; }
}
