namespace AiBms.Trials.Server.Faults;

/// <summary>What stands between agent and disk.</summary>
enum FaultWorld
{
    /// <summary>Two servers of a cluster on PostgreSQL; the agent sends to the first, and either may keep its pack.</summary>
    Cluster,

    /// <summary>mosquitto, a server, PostgreSQL.</summary>
    BrokerAndDatabase,

    /// <summary>A server with its embedded store.</summary>
    Embedded,

    /// <summary>A server and PostgreSQL.</summary>
    Database,
}
