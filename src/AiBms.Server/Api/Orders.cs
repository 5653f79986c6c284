using AiBms.Agent.Live;
using AiBms.Server.Ingest;
using AiBms.Telemetry;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Server.Api;

/// <summary>Sends orders to packs: the same way for a button and for the REST API.</summary>
sealed class Orders(MqttDoor mqtt, ServerOptions options)
{
    public async Task SendAsync(string pack, PackOrder order)
    {
        if (order.Fault.Length > 0 && !options.IsDemo) throw new DataException("Faults are for the demo's simulated packs: leave 'fault' out.");
        await mqtt.SayAsync(Topics.Command(pack), order.ToBytes(), isRetained: false);
    }
}
