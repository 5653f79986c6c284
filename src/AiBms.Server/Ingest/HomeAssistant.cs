using System.Text.Json;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Server.Ingest;

/// <summary>Tells Home Assistant which figures a pack's retained state has, so that they appear there by themselves.</summary>
/// <remarks>Source: the MQTT discovery of Home Assistant, <c>homeassistant/sensor/NODE/OBJECT/config</c>, retained.</remarks>
static class HomeAssistant
{
    static readonly (string Key, string Name, string Unit, string Kind, string Template)[] s_figures =
    [
        ("soc", "Charge", "%", "battery", "{{ (value_json.soc * 100) | round(1) if value_json.soc is not none else none }}"),
        ("energyKwh", "Energy left", "kWh", "energy_storage", "{{ value_json.energyKwh }}"),
        ("voltageV", "Voltage", "V", "voltage", "{{ value_json.voltageV }}"),
        ("currentA", "Current, positive while charging", "A", "current", "{{ value_json.currentA }}"),
        ("hotSpotDegC", "Hottest cell", "°C", "temperature", "{{ value_json.hotSpotDegC }}"),
        ("chargeLimitA", "Charge limit", "A", "current", "{{ value_json.chargeLimitA }}"),
        ("dischargeLimitA", "Discharge limit", "A", "current", "{{ value_json.dischargeLimitA }}"),
        ("state", "State", "", "", "{{ value_json.state }}"),
        ("worstEvent", "Worst event", "", "", "{{ value_json.worstEvent[:250] }}"),
    ];

    /// <summary>A message for each figure of a pack: topic and body.</summary>
    public static IEnumerable<(string Topic, byte[] Body)> Of(string pack, string name) => s_figures.Select(figure => ($"homeassistant/sensor/aibms_{pack}/{figure.Key}/config", Body(pack, name, figure)));

    static byte[] Body(string pack, string name, (string Key, string Name, string Unit, string Kind, string Template) figure)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WriteString("unique_id", $"aibms_{pack}_{figure.Key}");
            json.WriteString("state_topic", Topics.State(pack));
            json.WriteString("value_template", figure.Template);
            if (figure.Unit.Length > 0)
            {
                json.WriteString("unit_of_measurement", figure.Unit);
                json.WriteString("device_class", figure.Kind);
                json.WriteString("state_class", "measurement");
            }

            json.WriteStartObject("device");
            json.WriteStartArray("identifiers");
            json.WriteStringValue($"aibms_{pack}");
            json.WriteEndArray();
            json.WriteString("name", name);
            json.WriteString("manufacturer", "AiBms");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
