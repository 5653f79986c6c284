using AiBms.Agent.Settings;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Agent.Host;

/// <summary>Makes the way to the server that a configuration names.</summary>
static class AgentLinks
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <param name="server">Where it is.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="obey">Takes the body of an order.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Takes sentences for people.</param>
    /// <exception cref="Telemetry.DataException">The credentials cannot be used.</exception>
    public static IBatchLink Make(ServerSettings server, string pack, Action<byte[]> obey, TimeProvider time, Action<string> say) =>
        server.Credentials is { } folder ? new RenewingLink(folder, credentials => Make(server, pack, obey, credentials), time, say) : Make(server, pack, obey, null);

    static IBatchLink Make(ServerSettings server, string pack, Action<byte[]> obey, DeviceCredentials? credentials)
    {
        var address = server.Address;
        if (!server.IsMqtt) return new HttpLink(address, pack, server.User, server.Key, s_patience, credentials);
        bool isTls = address.Scheme == "mqtts";
        int port = address.IsDefaultPort || address.Port < 0 ? isTls ? 8883 : 1883 : address.Port;
        LinkOptions options = new() { Host = address.Host, Port = port, IsTls = isTls, User = server.User, Key = server.Key, Patience = s_patience, Credentials = credentials };
        return server.IsBroker ? new BrokerLink(options, pack, obey) : new MqttLink(options, pack, obey);
    }
}
