using System.CommandLine;

namespace AiBms.Server;

/// <summary>The verbs of this program.</summary>
static class ServerCommand
{
    public static RootCommand Create()
    {
        var port = new Option<int>("--port") { Description = "Port of the dashboard and the REST API, on this machine only.", DefaultValueFactory = _ => 5080 };
        var mqttPort = new Option<int>("--mqtt-port") { Description = "Port of MQTT, on this machine only.", DefaultValueFactory = _ => 1883 };
        var speed = new Option<double>("--speed") { Description = "Simulated seconds in one of the clock.", DefaultValueFactory = _ => 1 };
        var packs = new Option<int>("--packs") { Description = "How many packs are simulated.", DefaultValueFactory = _ => 27 };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var folder = new Option<string?>("--folder") { Description = "Folder of the store; made where it is not there." };

        var demo = new Command("demo", "Simulated packs through the whole chain, and the dashboard, in one process.") { port, mqttPort, speed, packs, noBrowser };
        demo.SetAction((parsed, stop) => ServerHost.RunAsync(new()
        {
            Port = parsed.GetValue(port),
            MqttPort = parsed.GetValue(mqttPort),
            Speed = parsed.GetValue(speed),
            PackCount = parsed.GetValue(packs),
            OpensBrowser = !parsed.GetValue(noBrowser),
            IsDemo = true,
            Folder = Path.Combine(Path.GetTempPath(), $"aibms-demo-{parsed.GetValue(port)}"),
        }, stop));

        var serve = new Command("serve", "Take in what agents send by MQTT, store it, and show it.") { port, mqttPort, folder };
        serve.SetAction((parsed, stop) => ServerHost.RunAsync(new()
        {
            Port = parsed.GetValue(port),
            MqttPort = parsed.GetValue(mqttPort),
            Folder = parsed.GetValue(folder) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "aibms"),
        }, stop));
        return new("AiBms: live packs on one machine.") { demo, serve };
    }
}
