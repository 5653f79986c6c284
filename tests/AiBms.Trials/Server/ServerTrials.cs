using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>The running server from outside: an acknowledgement means durable, and what is wrong is refused.</summary>
public sealed class ServerTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "car-1";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-server-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Ten kills in the middle of sending, at seeded moments: all that was acknowledged is stored, each number once.</summary>
    [Fact]
    public async Task NothingAcknowledgedIsLostByAKill()
    {
        var stop = TestContext.Current.CancellationToken;
        Random random = new(1);
        const long epoch = 7;
        long acknowledged = 0;
        for (int round = 0; round < 10; round++)
        {
            using var server = await RunningServer.StartAsync(_folder, stop);
            await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(3) }, Pack, _ => { });
            // The moment is counted from the first acknowledgement: how long a server takes to start is the machine's matter.
            Assert.Equal(SendOutcome.Durable, await link.SendAsync(new(Pack, epoch, [Frame(++acknowledged)]), stop));
            var killing = Task.Delay(random.Next(20, 400), stop).ContinueWith(_ => server.Kill(), stop, TaskContinuationOptions.None, TaskScheduler.Default);
            // As an agent does: after each cut it goes on from what was acknowledged, so some batches come twice.
            int count = random.Next(1, 6);
            while (await link.SendAsync(new(Pack, epoch, [.. Enumerable.Range(1, count).Select(k => Frame(acknowledged + k))]), stop) == SendOutcome.Durable)
                (acknowledged, count) = (acknowledged + count, random.Next(1, 6));
            await killing;
            using SqliteStore store = new(Path.Combine(_folder, "store.db"));
            var stored = store.Frames(Pack, 0, long.MaxValue, int.MaxValue).Select(r => r.Seq).ToArray();
            Assert.Equal(Enumerable.Range(1, stored.Length).Select(k => (long)k), stored);
            Assert.True(stored.Length >= acknowledged, $"{acknowledged} were acknowledged, {stored.Length} are stored");
            Assert.Equal(0, store.Packs().SingleOrDefault()?.MissingCount ?? 0);
        }

        output.WriteLine($"{acknowledged} records acknowledged over ten kills");
        // More than the first of each round; how many more is the machine's matter.
        Assert.True(acknowledged > 10, "hardly anything was sent");
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task ABatchThatIsNoneIsNeverAcknowledged(MqttProtocolVersion version)
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        byte[] good = new RecordBatch(Pack, 1, [Frame(1)]).ToBytes(), damaged = [.. good];
        damaged[^2] ^= 1;
        Assert.True(await IsAcknowledged(server, version, Topics.Batch(Pack), good), "a good batch was not acknowledged");
        Assert.False(await IsAcknowledged(server, version, Topics.Batch(Pack), damaged), "a damaged batch was acknowledged");
        Assert.False(await IsAcknowledged(server, version, Topics.Batch("car-2"), good), "another pack's batch was acknowledged");
        Assert.False(await IsAcknowledged(server, version, "elsewhere", good), "a batch on another topic was acknowledged");
        Assert.True(await IsAcknowledged(server, version, Topics.Batch(Pack), good), "the server no longer takes a good batch");
    }

    /// <summary>MQTT 5 has a way to say no: a client that writes where it may not hears why, and its line stays.</summary>
    [Fact]
    public async Task WhoMayNotWriteHearsWhy()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", server.MqttPort).WithProtocolVersion(MqttProtocolVersion.V500).Build(), stop);
        var answer = await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("elsewhere").WithPayload([1]).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), stop);
        Assert.Equal((MqttClientPublishReasonCode.NotAuthorized, true), (answer.ReasonCode, client.IsConnected));
        Assert.Contains("Only batches are taken", answer.ReasonString, StringComparison.Ordinal);
    }

    /// <summary>A key that is none is named, and so are those that there are.</summary>
    [Fact]
    public async Task AnUnknownKeyIsNamed()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        using var client = server.Client();
        using var answer = await client.PutAsJsonAsync("api/v1/users/somebody", new { role = "Viewer", password = "long enough" }, stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Matches("There is no key at .*password.*: the body takes role, secret, fleet", await answer.Content.ReadAsStringAsync(stop));
    }

    [Fact]
    public async Task WrongUseIsOneSentence()
    {
        var stop = TestContext.Current.CancellationToken;
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = RunningServer.Text(((IPEndPoint)taken.LocalEndpoint).Port), free = RunningServer.Text(RunningServer.FreePort());
        File.WriteAllText(Path.Combine(_folder, "store.db"), "not a database at all, but long enough to look at");
        (int Code, string[] Args)[] wrong =
        [
            (2, ["demo", "--nonsense"]),
            (2, ["demo", "--port", "abc"]),
            (2, ["demo", "--no-browser", "--packs", "0"]),
            (5, ["demo", "--no-browser", "--port", free, "--mqtt-port", port]),
            (3, ["serve", "--folder", "/proc/none", "--port", free, "--mqtt-port", "18899"]),
            (3, ["serve", "--folder", _folder, "--port", free, "--mqtt-port", "18899"]),
        ];
        foreach (var (code, args) in wrong)
        {
            var ended = await RunningServer.RunAsync(stop, args);
            Assert.True((code, 1) == (ended.Code, ended.Error.Count(c => c == '\n')) && ended.Error.StartsWith("aibms: ", StringComparison.Ordinal), $"{string.Join(' ', args)}: code {ended.Code}, {ended.Error}");
        }
    }

    /// <summary>An order is refused while nobody is there who could hear it, and sent as soon as somebody is.</summary>
    [Fact]
    public async Task AnOrderThatNobodyHearsIsRefused()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        using var client = server.Client();
        TaskCompletionSource heard = new();
        MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(5) }, Pack, _ => heard.TrySetResult());
        await using (link)
        {
            Assert.Equal(SendOutcome.Durable, await link.SendAsync(new(Pack, 1, [Frame(1)]), stop));
            Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsJsonAsync($"api/v1/packs/{Pack}/orders", new { mode = "Eco" }, stop)).StatusCode);
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), stop);
        }

        HttpStatusCode code = HttpStatusCode.Accepted;
        for (int tries = 0; tries < 100 && code == HttpStatusCode.Accepted; tries++)
        {
            using var answer = await client.PostAsJsonAsync($"api/v1/packs/{Pack}/orders", new { mode = "Eco" }, stop);
            code = answer.StatusCode;
            if (code == HttpStatusCode.Accepted) await Task.Delay(100, stop);
        }

        Assert.Equal(HttpStatusCode.Conflict, code);
    }

    static Record Frame(long seq) => new(seq, seq, RecordKind.Frame, seq, new PackFrame { CurrentA = seq }.ToBytes());

    static async Task<bool> IsAcknowledged(RunningServer server, MqttProtocolVersion version, string topic, byte[] body)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", server.MqttPort).WithProtocolVersion(version).Build(), patience.Token);
        try
        {
            var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            return (await client.PublishAsync(message, patience.Token)).IsSuccess;
        }
        catch (Exception cut) when (cut is MqttCommunicationException or OperationCanceledException or IOException or SocketException)
        {
            return false;
        }
    }
}
