using AiBms.Agent.Live;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Server.Cluster;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Telemetry;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Server.Api;

/// <summary>Sends orders to packs: the same way for a button and for the REST API. In the demo they are looked at first, so that whoever sends one hears what is wrong with it.</summary>
sealed class Orders(MqttDoor mqtt, BrokerDoor broker, ServerOptions options, DemoLayouts layouts, Crier? others = null)
{
    /// <returns>Empty where it was handed to the pack's own connection or to the broker; else why nobody hears it.</returns>
    /// <exception cref="DataException">It cannot be done; the sentence says why.</exception>
    public async Task<string> SendAsync(FleetPack pack, PackOrder order)
    {
        if (order.Mode is { } mode && !Enum.IsDefined(mode)) throw new DataException($"There is no mode {mode}: send one of {string.Join(", ", Enum.GetNames<Battery.Control.CoolingMode>())}.");
        if (order.Fault.Length > 0) CheckFault(pack.Id, order.Fault);
        bool isHeard = mqtt.Hears(pack.Id);
        if (isHeard) await mqtt.SayAsync(Topics.Command(pack.Id), order.ToBytes(), isRetained: false);
        else if (others is not null) isHeard = await others.OrderAsync(pack.Id, order.ToBytes());
        isHeard |= await broker.SayAsync(Topics.Command(pack.Id), order.ToBytes());
        return isHeard ? "" : $"{pack.Id} does not hear orders now: its agent has no MQTT connection to this server. Nothing was sent; send it again when it has.";
    }

    void CheckFault(string pack, string fault)
    {
        if (!options.IsDemo) throw new DataException("Faults are for the demo's simulated packs: leave 'fault' out.");
        if (layouts.Find(pack) is not { } layout) throw new DataException($"{pack} is not simulated here: it takes no faults.");
        try
        {
            FaultText.Parse(fault, layout);
        }
        catch (FormatException problem)
        {
            throw new DataException(problem.Message, problem);
        }
    }
}
