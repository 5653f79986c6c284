using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Trials.Server;

/// <summary>A collector of OpenTelemetry hears what the server counts and how its commits went.</summary>
public sealed class CollectorTrials : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-otlp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task MetricsAndTracesComeByOtlp()
    {
        var stop = TestContext.Current.CancellationToken;
        string collector = $"http://127.0.0.1:{RunningServer.Text(RunningServer.FreePort())}/";
        using HttpListener listener = new();
        listener.Prefixes.Add(collector);
        listener.Start();
        // Names are plain text in the wire format of protocol buffers.
        ConcurrentDictionary<string, string> seen = new();
        _ = TakeAsync(listener, seen);
        using var server = await RunningServer.StartAsync(stop, "serve", "--folder", _folder, "--otlp", collector);
        await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(20) }, "car-1", _ => { });
        Assert.Equal(SendOutcome.Durable, await link.SendAsync(new("car-1", 1, [new(1, 1, RecordKind.Frame, 1, new PackFrame { CurrentA = 1 }.ToBytes())]), stop));
        (string Path, string Name)[] expected = [("/v1/metrics", "aibms.records.stored"), ("/v1/metrics", "aibms.commit.duration"), ("/v1/traces", "commit"), ("/v1/traces", "aibms-server")];
        bool All() => Array.TrueForAll(expected, e => seen.GetValueOrDefault(e.Path, "").Contains(e.Name, StringComparison.Ordinal));
        for (int tries = 0; tries < 500 && !All(); tries++) await Task.Delay(100, stop);
        Assert.All(expected, e => Assert.Contains(e.Name, seen.GetValueOrDefault(e.Path, ""), StringComparison.Ordinal));
    }

    static async Task TakeAsync(HttpListener listener, ConcurrentDictionary<string, string> seen)
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            using StreamReader reader = new(context.Request.InputStream, Encoding.Latin1);
            string body = await reader.ReadToEndAsync();
            seen.AddOrUpdate(context.Request.Url!.AbsolutePath, body, (_, before) => before + body);
            context.Response.Close();
        }
    }
}
