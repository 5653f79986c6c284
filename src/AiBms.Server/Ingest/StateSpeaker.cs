using System.Text.Json;
using AiBms.Server.Api;
using AiBms.Server.Fleet;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Server.Ingest;

/// <summary>Says every pack's last state as retained JSON, once a second, to whoever subscribes to <c>aibms/v1/+/state</c>.</summary>
sealed class StateSpeaker(LiveFleet fleet, MqttDoor mqtt, TimeProvider time) : BackgroundService
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new UnknownAsNull() } };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var said = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await clock.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var pack in fleet.Packs)
            {
                if (said.GetValueOrDefault(pack.Id) == pack.FrameMs) continue;
                if (!said.ContainsKey(pack.Id))
                    foreach (var (topic, body) in HomeAssistant.Of(pack.Id, pack.Name)) await mqtt.SayAsync(topic, body, isRetained: true);
                said[pack.Id] = pack.FrameMs;
                await mqtt.SayAsync(Topics.State(pack.Id), JsonSerializer.SerializeToUtf8Bytes(PackSummary.Of(pack, time.GetUtcNow()), s_json), isRetained: true);
            }
        }
    }
}
