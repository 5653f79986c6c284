using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Threading.Channels;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AiBms.Server.Ingest;

/// <summary>The server's own end of MQTT: a batch is acknowledged after its commit, so an acknowledgement means durable.</summary>
sealed class MqttDoor(IngestQueue ingest, ServerFigures figures, ServerOptions options) : IHostedService, IAsyncDisposable
{
    const string Own = "aibms-server", CanHearNo = "can hear no";

    static readonly TimeSpan s_longestDrain = TimeSpan.FromSeconds(5), s_look = TimeSpan.FromMilliseconds(50);

    readonly MqttServer _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
        .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.IPv6Loopback).WithDefaultEndpointPort(options.MqttPort).Build());

    volatile bool _isClosing;
    int _pending;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server.ValidatingConnectionAsync += arrival =>
        {
            if (arrival.ClientId == Own) arrival.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
            // Under MQTT 5 who has no id is given one; under 3.1.1 the library turns them away.
            if (string.IsNullOrEmpty(arrival.ClientId)) arrival.AssignedClientIdentifier = "guest-" + Guid.NewGuid().ToString("N");
            arrival.SessionItems[CanHearNo] = arrival.ProtocolVersion == MQTTnet.Formatter.MqttProtocolVersion.V500;
            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += Receive;
        await _server.StartAsync();
    }

    /// <summary>Takes no new batch, waits for the acknowledgements of those that are on their way to the disk, then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        long since = Stopwatch.GetTimestamp();
        do await Task.Delay(s_look, CancellationToken.None);
        while (Volatile.Read(ref _pending) > 0 && Stopwatch.GetElapsedTime(since) < s_longestDrain);
        await _server.StopAsync();
    }

    /// <summary>Says something to whoever listens.</summary>
    public Task SayAsync(string topic, byte[] body, bool isRetained) => _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithRetainFlag(isRetained).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())
    { SenderClientId = Own });

    async Task Receive(InterceptingPublishEventArgs arrival)
    {
        if (arrival.ClientId == Own) return;
        arrival.ProcessPublish = false;
        if (Topics.PackOfBatch(arrival.ApplicationMessage.Topic) is not { } pack)
        {
            Refuse(arrival, MqttPubAckReasonCode.NotAuthorized, $"Only batches are taken, on {Topics.Root}PACK/batch; orders go through the REST API.");
            return;
        }

        if (_isClosing)
        {
            arrival.CloseConnection = true;
            Refuse(arrival, MqttPubAckReasonCode.UnspecifiedError, "The server is ending: send it again later.");
            return;
        }

        Interlocked.Increment(ref _pending);
        try
        {
            var batch = RecordBatch.Of(arrival.ApplicationMessage.Payload.ToArray());
            if (batch.PackId != pack) throw new DataException($"The batch is of pack {batch.PackId}, its topic of {pack}: send it on its own topic.");
            await ingest.AcceptAsync(batch, CancellationToken.None);
        }
        catch (DataException problem)
        {
            Refuse(arrival, MqttPubAckReasonCode.PayloadFormatInvalid, problem.Message);
        }
        catch (Exception problem) when (problem is ChannelClosedException or System.Data.Common.DbException)
        {
            // Not stored: without an acknowledgement the agent keeps it and comes again.
            arrival.CloseConnection = true;
            Refuse(arrival, MqttPubAckReasonCode.UnspecifiedError, problem.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    void Refuse(InterceptingPublishEventArgs arrival, MqttPubAckReasonCode code, string why)
    {
        figures.Refuse(why);
        (arrival.Response.ReasonCode, arrival.Response.ReasonString) = (code, why);
        if (arrival.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) return;
        // MQTT 3.1.1 has no way to say no, and an acknowledgement would be a lie: the line is cut.
        bool isTold = code == MqttPubAckReasonCode.PayloadFormatInvalid && arrival.SessionItems?[CanHearNo] is true;
        if (!isTold) arrival.CloseConnection = true;
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }
}
