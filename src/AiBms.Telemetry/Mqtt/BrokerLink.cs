using System.Buffers;
using System.Net.Sockets;
using AiBms.Telemetry.Frames;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A pack's line through somebody else's broker: a batch is durable when the server says so on the pack's own topic, whatever the broker acknowledges.</summary>
public sealed class BrokerLink : IBatchLink
{
    readonly LinkOptions _options;
    readonly string _pack;
    readonly Action<byte[]> _onCommand;
    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    readonly MqttClientOptions _connect;
    TaskCompletionSource<BatchAnswer>? _waits;
    (long Epoch, long Seq) _sent;

    /// <param name="options">Where the broker is.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="onCommand">Takes the body of a command; called on a thread of the connection.</param>
    public BrokerLink(LinkOptions options, string pack, Action<byte[]> onCommand)
    {
        (_options, _pack, _onCommand) = (options, pack, onCommand);
        _connect = MqttLink.Options(options, MqttLink.ClientOf(pack));
        _client.ApplicationMessageReceivedAsync += Receive;
    }

    /// <inheritdoc/>
    public string LastProblem { get; private set; } = "";

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        try
        {
            if (!_client.IsConnected) await ConnectAsync(stop).ConfigureAwait(false);
            TaskCompletionSource<BatchAnswer> waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (_sent, _waits) = ((batch.Epoch, batch.Records[^1].SeqEnd), waits);
            var message = new MqttApplicationMessageBuilder().WithTopic(Topics.Batch(_pack)).WithPayload(batch.ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            var taken = await _client.PublishAsync(message, stop).ConfigureAwait(false);
            if (!taken.IsSuccess) return Problem($"The broker says {taken.ReasonCode} {taken.ReasonString}", SendOutcome.Unreachable);
            var answer = await waits.Task.WaitAsync(_options.Patience, stop).ConfigureAwait(false);
            return answer.Refusal.Length > 0 ? Problem(answer.Refusal, SendOutcome.Refused) : Problem("", SendOutcome.Durable);
        }
        catch (TimeoutException)
        {
            return Problem("The broker took the batch, but no server says that it is stored.", SendOutcome.Unreachable);
        }
        catch (Exception problem) when (problem is MqttCommunicationException or SocketException or IOException or InvalidOperationException or MqttProtocolViolationException
            || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Problem(problem.Message, SendOutcome.Unreachable);
        }
    }

    SendOutcome Problem(string what, SendOutcome outcome)
    {
        LastProblem = what;
        return outcome;
    }

    async Task ConnectAsync(CancellationToken stop)
    {
        var answer = await _client.ConnectAsync(_connect, stop).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success) throw new MqttCommunicationException($"The broker {_options.Host}:{_options.Port} says {answer.ResultCode} {answer.ReasonString}");
        await _client.SubscribeAsync(Topics.Answer(_pack), MqttQualityOfServiceLevel.AtLeastOnce, stop).ConfigureAwait(false);
        await _client.SubscribeAsync(Topics.Command(_pack), MqttQualityOfServiceLevel.AtLeastOnce, stop).ConfigureAwait(false);
    }

    Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        byte[] body = received.ApplicationMessage.Payload.ToArray();
        if (received.ApplicationMessage.Topic == Topics.Command(_pack)) _onCommand(body);
        if (received.ApplicationMessage.Topic != Topics.Answer(_pack)) return Task.CompletedTask;
        try
        {
            var answer = BatchAnswer.Of(body);
            // Cumulative: an answer to a later batch, or one that a second server gives, says the same of this one. A refusal is of the batch that it names.
            bool isOfThis = answer.Epoch == _sent.Epoch && (answer.Refusal.Length > 0 ? answer.Seq == _sent.Seq : answer.Seq >= _sent.Seq);
            if (isOfThis) _waits?.TrySetResult(answer);
        }
        catch (DataException problem)
        {
            LastProblem = problem.Message;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
