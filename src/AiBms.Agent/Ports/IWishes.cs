namespace AiBms.Agent.Ports;

/// <summary>A port that knows whether closed contactors are wanted at all: a key, or a record that starts switched off.</summary>
public interface IWishes
{
    /// <summary>True while closed contactors are wanted.</summary>
    bool IsOnWanted { get; }
}
