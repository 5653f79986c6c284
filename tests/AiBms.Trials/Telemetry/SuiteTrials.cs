using System.Net.Sockets;
using System.Text.Json;
using AiBms.Agent.Live;
using AiBms.Agent.Settings;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Server;

namespace AiBms.Trials.Telemetry;

/// <summary>Public conformance cases of JSON, CBOR and MQTT against the doors of agent and server.</summary>
public sealed class SuiteTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-suite-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// JSONTestSuite. An order or a configuration is one kind of object, so nothing of the suite is one: what must be refused is refused, and
    /// what is valid JSON is refused for what it is, never as bad JSON. Wrapped as the value of a key, valid JSON is read past.
    /// </summary>
    [Fact]
    public void JsonIsReadOrRefused()
    {
        string[] files = Files("json", "*.json");
        Assert.True(files.Length > 300, $"{files.Length} files");
        foreach (string file in files)
        {
            byte[] text = File.ReadAllBytes(file);
            string name = Path.GetFileName(file);
            Exception? order = Record(() => PackOrder.Of(text)), settings = Record(() => AgentSettingsFile.Parse(text, name, _folder));
            Assert.True(settings is DataException, $"{name}: {settings}");
            Assert.True(order is null or DataException, $"{name}: {order}");
            // An empty object is an order for nothing; no other file of the suite is one.
            Assert.True(order is not null || name.StartsWith("y_structure", StringComparison.Ordinal) || name.StartsWith("y_object_empty", StringComparison.Ordinal), $"{name} was taken for an order");
            bool isJson = Record(() => JsonDocument.Parse(text).Dispose()) is null;
            if (name[0] == 'y') Assert.True(isJson, $"{name} is JSON and was refused");
            if (name[0] == 'n') Assert.False(isJson, $"{name} is no JSON and was taken");
        }
    }

    /// <summary>RFC 8949 appendix A: a field of any value that a reader does not know is passed over, and the field behind it is read.</summary>
    [Fact]
    public void AnyCborValueIsPassedOver()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Files("cbor", "appendix_a.json")[0]));
        int passed = 0;
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            string hex = item.GetProperty("hex").GetString()!;
            // Map of 2: field 99 is the value, field 1 (how many are gone) is 7.
            byte[] body = Convert.FromHexString("A21863" + hex + "0107");
            // RFC 8949 3.3 forbids what the suite has as simple(24): it is refused.
            if (hex == "f818") Assert.Throws<DataException>(() => GapNote.Of(body));
            else Assert.Equal(7, GapNote.Of(body).MissingCount);
            passed++;
        }

        output.WriteLine($"{passed} values");
        Assert.Equal(82, passed);
    }

    /// <summary>Every packet of the suite, whole and cut and changed at seeded places, on a line of its own: afterwards the server takes a batch as before.</summary>
    [Fact]
    public async Task MqttPacketsOfAnyKindLeaveTheServerAtWork()
    {
        var stop = TestContext.Current.CancellationToken;
        string[] files = Files("mqtt", "*.raw");
        (int port, int mqttPort) = (RunningServer.FreePort(), RunningServer.FreePort());
        using RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", _folder, "--port", RunningServer.Text(port), "--mqtt-port", RunningServer.Text(mqttPort));
        server.Start();
        await server.SaysAsync("ready", stop);
        byte[] connect = File.ReadAllBytes(files.First(f => f.EndsWith("mqtt.connect.raw", StringComparison.Ordinal)));
        var random = new Random(3);
        int sent = 0;
        foreach (string file in files)
        {
            byte[] whole = File.ReadAllBytes(file), changed = [.. whole];
            if (changed.Length > 0) changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            foreach (byte[] packet in (byte[][])[whole, changed, whole[..random.Next(whole.Length + 1)]])
                foreach (bool isConnected in (bool[])[false, true])
                {
                    await SendAsync(mqttPort, isConnected ? [.. connect, .. packet] : packet, stop);
                    sent++;
                }
        }

        output.WriteLine($"{sent} packets from {files.Length} cases");
        await using AiBms.Telemetry.Mqtt.MqttLink link = new(new() { Host = "127.0.0.1", Port = mqttPort }, "car-1", _ => { });
        RecordBatch batch = new("car-1", 1, [new(1, 1, RecordKind.Frame, 1, new PackFrame().ToBytes())]);
        Assert.Equal(AiBms.Telemetry.Mqtt.SendOutcome.Durable, await link.SendAsync(batch, stop));
    }

    static async Task SendAsync(int port, byte[] bytes, CancellationToken stop)
    {
        using Socket line = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await line.ConnectAsync("127.0.0.1", port, stop);
        try
        {
            await line.SendAsync(bytes, stop);
            line.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server may hang up while it is told nonsense.
        }
    }

    static Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    static string[] Files(string suite, string pattern)
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("AIBMS_DATA") ?? "", "..", "suites", suite);
        Assert.SkipWhen(Environment.GetEnvironmentVariable("AIBMS_DATA") is null || !Directory.Exists(folder), "skipped: no suites beside the data folder");
        return Directory.GetFiles(folder, pattern, SearchOption.AllDirectories);
    }
}
