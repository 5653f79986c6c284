using System.Buffers;
using System.Net.Sockets;
using AiBms.Telemetry.Frames;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A pack's MQTT client, whoever is at the other end: connects and listens when there is something to do, and publishes batches with QoS 1.</summary>
sealed class MqttLine : IAsyncDisposable
{
    readonly LinkOptions _options;
    readonly string _pack, _otherEnd;
    readonly string[] _topics;
    readonly MqttClientOptions _connect;
    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <param name="options">Where.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="otherEnd">What a refusal calls the other end.</param>
    /// <param name="topics">What is listened to.</param>
    /// <param name="onMessage">Takes topic and body; called on a thread of the connection.</param>
    public MqttLine(LinkOptions options, string pack, string otherEnd, string[] topics, Action<string, byte[]> onMessage)
    {
        (_options, _pack, _otherEnd, _topics) = (options, pack, otherEnd, topics);
        _connect = MqttLink.Options(options, MqttLink.ClientOf(pack));
        _client.ApplicationMessageReceivedAsync += received =>
        {
            onMessage(received.ApplicationMessage.Topic, received.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
    }

    /// <summary>Sends a batch; on return the other end has acknowledged it, or said why not.</summary>
    /// <remarks>What it throws where the line is broken is what <see cref="IsBroken"/> knows.</remarks>
    public async Task<MqttClientPublishResult> PublishAsync(RecordBatch batch, CancellationToken stop)
    {
        if (!_client.IsConnected) await ConnectAsync(stop).ConfigureAwait(false);
        var message = new MqttApplicationMessageBuilder().WithTopic(Topics.Batch(_pack)).WithPayload(batch.ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        return await _client.PublishAsync(message, stop).ConfigureAwait(false);
    }

    /// <summary>True for what means that the other end cannot be reached now; false for being told to stop.</summary>
    public static bool IsBroken(Exception problem, CancellationToken stop) =>
        problem is MqttCommunicationException or SocketException or IOException or InvalidOperationException or MqttProtocolViolationException
        || (problem is OperationCanceledException && !stop.IsCancellationRequested);

    async Task ConnectAsync(CancellationToken stop)
    {
        var answer = await _client.ConnectAsync(_connect, stop).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success) throw new MqttCommunicationException($"The {_otherEnd} {_options.Host}:{_options.Port} says {answer.ResultCode} {answer.ReasonString}");
        foreach (string topic in _topics) await _client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
