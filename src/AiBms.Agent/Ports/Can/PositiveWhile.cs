namespace AiBms.Agent.Ports.Can;

/// <summary>When a bus shows a positive current. It is never guessed.</summary>
public enum PositiveWhile : byte
{
    /// <summary>While the pack is charged.</summary>
    Charging,

    /// <summary>While the pack is discharged.</summary>
    Discharging,
}
