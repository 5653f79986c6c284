namespace AiBms.Telemetry.Mqtt;

/// <summary>Where the server is and how to prove who we are.</summary>
public sealed record LinkOptions
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>True for TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>User name; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>Its secret.</summary>
    public string Key { get; init; } = "";

    /// <summary>The pack's certificate, and whose server is believed; null: the machine's own authorities are, and a name shows who the agent is.</summary>
    public Devices.DeviceCredentials? Credentials { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
