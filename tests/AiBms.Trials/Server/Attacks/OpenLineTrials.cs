using AiBms.Server.Books;
using AiBms.Server.Devices;
using AiBms.Storage.Postgres;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Storage;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>A certificate that ends while its line is open: the line is cut, although nothing is sent on it, and there is no other.</summary>
public sealed class OpenLineTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-line-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ALineEndsWithItsCertificate()
    {
        var stop = TestContext.Current.CancellationToken;
        int mqttsPort = RunningServer.FreePort();
        string address = database.NewDatabase();
        using RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", _folder, "--store", address, "--port", RunningServer.Text(RunningServer.FreePort()), "--tls", "127.0.0.1", "--https-port", RunningServer.Text(RunningServer.FreePort()), "--mqtts-port", RunningServer.Text(mqttsPort));
        server.Start();
        await server.SaysAsync("ready", stop);
        using var source = PostgresStore.Connect(address);
        using DeviceBook book = new(new DatabaseBook(source, BookServices.Devices), TimeProvider.System);
        // Long enough to connect with it, however busy the machine is.
        for (double seconds = 6; ; seconds *= 2)
        {
            var now = TimeProvider.System.GetUtcNow();
            using var own = Forgery.ByStolenKey(_folder, "car-1", now.AddMinutes(-1), now.AddSeconds(seconds));
            book.Add(new(own.SerialNumber, "car-1", new(own.NotAfter.ToUniversalTime()), null, ""));
            var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", mqttsPort).WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(MqttLink.ClientOf("car-1")).WithTimeout(s_patience)
                .WithTlsOptions(tls => tls.UseTls().WithCertificateValidationHandler(_ => true).WithClientCertificates([own])).Build();
            using var client = new MqttClientFactory().CreateMqttClient();
            TaskCompletionSource cut = new();
            client.DisconnectedAsync += _ =>
            {
                cut.TrySetResult();
                return Task.CompletedTask;
            };
            if (await ConnectAsync(client, options) is not { ResultCode: MqttClientConnectResultCode.Success } || !await IsTakenAsync(client)) continue;
            Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, (await client.SubscribeAsync(Topics.Command("car-1"), MqttQualityOfServiceLevel.AtLeastOnce, stop)).Items.Single().ResultCode);
            await cut.Task.WaitAsync(TimeSpan.FromSeconds(seconds) + s_patience, stop);
            Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime >= own.NotAfter.ToUniversalTime(), "it was cut before its certificate ended");
            while (true)
            {
                using var again = new MqttClientFactory().CreateMqttClient();
                if (await ConnectAsync(again, options) is not { } answer) continue;
                Assert.Equal(MqttClientConnectResultCode.NotAuthorized, answer.ResultCode);
                Assert.Contains("ended on", answer.ReasonString, StringComparison.Ordinal);
                return;
            }
        }

        // A machine that is very busy may be too slow for the server's patience: that is no answer.
        async Task<MqttClientConnectResult?> ConnectAsync(IMqttClient client, MqttClientOptions options)
        {
            try
            {
                return await client.ConnectAsync(options, stop);
            }
            catch (Exception slow) when (slow is MqttCommunicationException or IOException)
            {
                return null;
            }
        }

        async Task<bool> IsTakenAsync(IMqttClient client)
        {
            RecordBatch batch = new("car-1", 1, [new Record(1, 1, RecordKind.Frame, 1_795_000_000_000, new PackFrame { CurrentA = 1 }.ToBytes())]);
            try
            {
                return (await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(Topics.Batch("car-1")).WithPayload(batch.ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), stop)).IsSuccess;
            }
            catch (Exception late) when (late is MqttCommunicationException or IOException)
            {
                return false;
            }
        }
    }
}
