using AiBms.Telemetry;

namespace AiBms.Server;

/// <summary>Where the server listens and keeps things. Without a name for TLS it listens on this machine only.</summary>
sealed record ServerOptions
{
    public int Port { get; init; } = 5080;

    public int MqttPort { get; init; } = 1883;

    /// <summary>The name or address that agents and browsers call: with it the server listens to the network, by TLS only; null for this machine only.</summary>
    public string? TlsName { get; init; }

    /// <summary>Somebody else's broker that batches also come through, mqtt:// or mqtts://; null for none.</summary>
    public Uri? Broker { get; init; }

    /// <summary>The folder of the certificate that the server shows the broker; null for none.</summary>
    public string? BrokerCredentials { get; init; }

    /// <summary>Ports of HTTPS and of MQTT by TLS.</summary>
    public int HttpsPort { get; init; } = 5443;

    public int MqttsPort { get; init; } = 8883;

    /// <summary>Folder of the store; in the demo also of the agents' journal.</summary>
    public required string Folder { get; init; }

    /// <summary>Npgsql's connection string of a PostgreSQL store; null for the embedded one in the folder.</summary>
    public string? StoreAddress { get; init; }

    /// <summary>Where the other servers of the cluster on the same store reach this one; null where it is alone.</summary>
    public System.Net.IPEndPoint? Cluster { get; init; }

    /// <summary>Whether the server estimates every pack itself, from its frames.</summary>
    public bool Estimates { get; init; }

    /// <summary>Records older than this are dropped; null keeps all.</summary>
    public int? KeepDays { get; init; }

    /// <summary>A collector of OpenTelemetry that is sent metrics and traces; null for none.</summary>
    public Uri? Collector { get; init; }

    /// <summary>The file that says who is told of events; null for nobody.</summary>
    public string? NoticeFile { get; init; }

    /// <summary>The file that says by which provider of OpenID Connect people sign in besides; null for none.</summary>
    public string? OidcFile { get; init; }

    public bool IsDemo { get; init; }

    /// <summary>Simulated seconds in one of the clock, demo only.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Recorded packs that the demo shows instead of simulated ones.</summary>
    public IReadOnlyList<string> ReplayFiles { get; init; } = [];

    /// <summary>Packs of the demo.</summary>
    public int PackCount { get; init; } = 27;

    public bool OpensBrowser { get; init; }

    /// <summary>Gives the first admin a new secret: the old one is lost.</summary>
    public bool IsAdminAnew { get; init; }

    public ServerOptions Validated()
    {
        if (Port is < 1 or > 65535 || MqttPort is < 1 or > 65535 || Port == MqttPort) throw new WrongOptionException($"The ports {Port} and {MqttPort} cannot be used: give two different ones from 1 to 65535 by --port and --mqtt-port.");
        if (TlsName is not null && (HttpsPort is < 1 or > 65535 || MqttsPort is < 1 or > 65535 || HttpsPort == MqttsPort || HttpsPort == Port || MqttsPort == Port)) throw new WrongOptionException($"The ports {HttpsPort} and {MqttsPort} cannot be used: give two others from 1 to 65535 by --https-port and --mqtts-port.");
        if (TlsName is not null && Uri.CheckHostName(TlsName) == UriHostNameType.Unknown) throw new WrongOptionException($"'{TlsName}' is no name or address of a machine: give the one that agents call by --tls.");
        if (Broker is { } broker && broker.Scheme is not ("mqtt" or "mqtts")) throw new WrongOptionException($"The broker {broker} cannot be used: give mqtt://HOST or mqtts://HOST by --broker.");
        if (BrokerCredentials is { } folder && (Broker?.Scheme != "mqtts" || !Directory.Exists(folder))) throw new WrongOptionException($"The credentials {folder} cannot be used: they need a folder that 'agent --enrol' made, and a --broker mqtts://HOST.");
        if (!(Speed is > 0 and <= 1000)) throw new WrongOptionException($"The speed {Speed} cannot be used: give one above 0, at most 1000.");
        if (ReplayFiles.FirstOrDefault(file => !File.Exists(file)) is { } missing) throw new DataException($"The recorded pack {missing} is not there: give a file by --replay.");
        if (Collector is { } collector && collector.Scheme is not ("http" or "https")) throw new WrongOptionException($"The collector {collector} cannot be used: give http://HOST:4318/ by --otlp.");
        if (Cluster is { } own && (StoreAddress is null || own.Port == 0)) throw new WrongOptionException($"A cluster at {own} cannot be: give its servers the same PostgreSQL database by --store, and each an ADDRESS:PORT of its own by --cluster.");
        if (KeepDays is < 1) throw new WrongOptionException($"Records cannot be kept for {KeepDays} days: give 1 or more by --keep-days.");
        return PackCount is >= 1 and <= 200 ? this : throw new WrongOptionException($"{PackCount} packs cannot be simulated: give 1 to 200 by --packs.");
    }
}
