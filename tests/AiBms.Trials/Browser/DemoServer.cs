using AiBms.Trials.Server;

namespace AiBms.Trials.Browser;

/// <summary>The demo as its users start it, with fewer packs: the machine has a browser to run besides.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    RunningServer? _server;

    public string Address => _server!.Address;

    public int MqttPort => _server!.MqttPort;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(CancellationToken.None, "demo", "--no-browser", "--packs", "8");

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
