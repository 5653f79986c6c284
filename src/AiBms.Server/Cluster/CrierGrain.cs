using AiBms.Server.Fleet;
using AiBms.Server.Ingest;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Orleans.Placement;
using Orleans.Runtime;

namespace AiBms.Server.Cluster;

/// <summary>Each server calls its own first, so that it is there; one that stands elsewhere, because its server fell, does nothing.</summary>
[PreferLocalPlacement]
sealed class CrierGrain(LiveFleet fleet, MqttDoor mqtt, ILocalSiloDetails own) : Grain, ICrierGrain
{
    bool IsHome => this.GetPrimaryKeyString() == own.SiloAddress.ToParsableString();

    public Task HearAsync(PackNews[] news)
    {
        if (!IsHome)
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        return Task.Run(() =>
        {
            foreach (var (pack, records, hasEvents) in news)
            {
                fleet.Apply(pack, [.. records.Select(r => new Record(r.Seq, r.Seq, r.Kind, r.TimeMs, r.Body))]);
                if (hasEvents) fleet.ReadEvents(pack);
            }
        });
    }

    public async Task<bool> OrderAsync(string pack, byte[] order)
    {
        if (!IsHome)
        {
            DeactivateOnIdle();
            return false;
        }

        if (!mqtt.Hears(pack)) return false;
        await mqtt.SayAsync(Topics.Command(pack), order, isRetained: false);
        return true;
    }
}
