namespace AiBms.Agent.Settings;

/// <summary>Where records go.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record ServerSettings
{
    static readonly string[] s_schemes = ["mqtt", "mqtts", "http", "https"];

    /// <summary>Its address: mqtt://, mqtts://, http:// or https://, host, and port where it is not the usual one.</summary>
    public required string Url { get; init; }

    /// <summary>User name; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>A file whose first line is its secret, so that the configuration holds none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The folder of the pack's certificate, made by <c>agent --enrol</c>; null for none. The certificate is renewed there when two thirds of its life are over.</summary>
    public string? Credentials { get; init; }

    /// <summary>True where the address is a broker's, not the server's: then a batch is done when the server says so, not when the broker does.</summary>
    public bool IsBroker { get; set; }

    internal Uri Address => new(Url);

    internal bool IsMqtt => Address.Scheme.StartsWith("mqtt", StringComparison.Ordinal);

    internal string Key => KeyFile is null ? "" : File.ReadLines(KeyFile).FirstOrDefault() ?? "";

    internal void Check(SettingCheck check)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || Array.IndexOf(s_schemes, address.Scheme) < 0 || address.Host.Length == 0)
            throw check.Wrong("server.url", $"is '{Url}'", "give mqtt://HOST, mqtts://HOST, http://HOST or https://HOST, with :PORT where it is not the usual one");
        if (IsBroker && !IsMqtt) throw check.Wrong("server.isBroker", $"is true but server.url is '{Url}'", "give mqtt:// or mqtts://");
        if (Credentials is not null && address.Scheme is not ("mqtts" or "https")) throw check.Wrong("server.credentials", $"is given but server.url is '{Url}'", "give mqtts:// or https://: a certificate needs TLS");
        if (Credentials is not null && !Directory.Exists(Credentials)) throw check.Wrong("server.credentials", $"names {Credentials}, which is not there", "make it by agent --enrol");
        if (KeyFile is not null) check.File("server.keyFile", KeyFile);
    }
}
