namespace AiBms.Telemetry.Mqtt;

/// <summary>What became of a batch that was sent.</summary>
public enum SendOutcome : byte
{
    /// <summary>The other side has it durably.</summary>
    Durable,

    /// <summary>The other side says it cannot use it: sending it again does not help.</summary>
    Refused,

    /// <summary>Nobody answered: try again later.</summary>
    Unreachable,
}
