using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using AiBms.Server.Audit;
using AiBms.Server.Keepers;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace AiBms.Server.Ingest;

/// <summary>Takes batches from somebody else's broker, and says on each pack's own topic what is durable: the broker's word means only that it passed the batch on.</summary>
/// <remarks>That a pack writes its own topic only is the broker's to see to, by the certificates of this server's authority; the batch has to be of its topic's pack.</remarks>
sealed class BrokerDoor(IPackKeepers keepers, ServerFigures figures, ServerOptions options, PackPace pace, AuditLog audit, TimeProvider time) : BackgroundService
{
    public const string ClientId = "aibms-server";

    /// <summary>Batches that are on their way to the disk at once: more wait at the broker.</summary>
    const int MostAtOnce = 64;

    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1), s_patience = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim _places = new(MostAtOnce);
    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Says something to a pack, where there is a broker that it could hear it from.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> SayAsync(string topic, byte[] body)
    {
        if (!_client.IsConnected) return false;
        await _client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), CancellationToken.None);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Broker is not { } broker) return;
        var credentials = options.BrokerCredentials is { } folder ? DeviceCredentials.Read(folder, time) : null;
        bool isTls = broker.Scheme == "mqtts";
        var connect = MqttLink.Options(new() { Host = broker.Host, Port = broker.Port > 0 ? broker.Port : isTls ? 8883 : 1883, IsTls = isTls, Credentials = credentials, Patience = s_patience }, ClientId);
        // Each message is handed on at once, so that many are committed together; acknowledging it to the broker needs no care, since the pack waits for our own answer.
        _client.ApplicationMessageReceivedAsync += async message =>
        {
            await _places.WaitAsync(stoppingToken);
            _ = TakeAsync(message.ApplicationMessage, stoppingToken);
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!_client.IsConnected)
                {
                    var answer = await _client.ConnectAsync(connect, stoppingToken);
                    if (answer.ResultCode != MqttClientConnectResultCode.Success) throw new MqttCommunicationException($"it says {answer.ResultCode} {answer.ReasonString}");
                    await _client.SubscribeAsync(Topics.Root + "+/batch", MqttQualityOfServiceLevel.AtLeastOnce, stoppingToken);
                }
            }
            catch (Exception problem) when (problem is MqttCommunicationException or SocketException or IOException or MqttProtocolViolationException or InvalidOperationException || (problem is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                // InvalidOperation is the library's word for a line that is still being taken down: the next try is a second later.
                audit.Refused("server", "broker", broker.Host, $"The broker {broker.GetLeftPart(UriPartial.Authority)} cannot be reached: {problem.Message}");
            }

            await Task.Delay(s_again, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task TakeAsync(MqttApplicationMessage message, CancellationToken stop)
    {
        try
        {
            if (Topics.PackOfBatch(message.Topic) is not { } pack) return;
            if (await AnswerAsync(pack, message.Payload, stop) is { } answer) await SayAsync(Topics.Answer(pack), answer.ToBytes());
        }
        catch (Exception problem) when (problem is MqttCommunicationException or IOException or SocketException or InvalidOperationException or OperationCanceledException)
        {
            // Stored or not, the pack hears nothing and sends it again.
            figures.Refuse(problem.Message);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <returns>What to say; null where nothing is known, so that the pack sends it again.</returns>
    async Task<BatchAnswer?> AnswerAsync(string pack, ReadOnlySequence<byte> body, CancellationToken stop)
    {
        RecordBatch? batch = null;
        try
        {
            if (body.Length > RecordBatch.MostBytes) throw new DataException($"The batch has {body.Length} bytes: at most {RecordBatch.MostBytes} are taken, send fewer records at once.");
            if (!await pace.WaitAsync(pack, (int)body.Length, stop)) return null;
            batch = RecordBatch.Of(body.ToArray());
            if (batch.PackId != pack) throw new DataException($"The batch is of pack {batch.PackId}, its topic of {pack}: send it on its own topic.");
            await keepers.AcceptAsync(batch, stop);
            return new(batch.Epoch, batch.Records[^1].SeqEnd, "");
        }
        catch (DataException problem)
        {
            figures.Refuse(problem.Message);
            audit.Refused(pack, "batch", pack, problem.Message);
            // What was damaged on its way names no journal: the pack sends it again.
            return batch is null ? null : new(batch.Epoch, batch.Records[^1].SeqEnd, problem.Message);
        }
        catch (Exception problem) when (problem is ChannelClosedException or System.Data.Common.DbException)
        {
            return null;
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        _places.Dispose();
        base.Dispose();
    }
}
