namespace AiBms.Telemetry.Devices;

/// <summary>What a certificate may be used for (extended key usage, RFC 5280, 4.2.1.12).</summary>
public static class KeyUses
{
    /// <summary>To show who a server is.</summary>
    public const string Server = "1.3.6.1.5.5.7.3.1";

    /// <summary>To show who a client is.</summary>
    public const string Client = "1.3.6.1.5.5.7.3.2";
}
