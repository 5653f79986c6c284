using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AiBms.Trials.Server;

namespace AiBms.Trials.Browser;

/// <summary>The demo as its users start it, with fewer packs: the machine has a browser to run besides.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    const string Packs = "8";

    RunningServer? _server;

    public string Address => _server!.Address;

    public int MqttPort => _server!.MqttPort;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(CancellationToken.None, "demo", "--no-browser", "--packs", Packs);
        using HttpClient client = new() { BaseAddress = new(Address) };
        // The address is there before the last pack is.
        while ((await client.GetFromJsonAsync<JsonElement[]>("/api/v1/packs"))!.Count(p => p.GetProperty("timeMs").GetInt64() > 0).ToString(CultureInfo.InvariantCulture) != Packs) await Task.Delay(100);
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
