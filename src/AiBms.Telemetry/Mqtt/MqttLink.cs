using System.Buffers;
using System.Net.Sockets;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A pack's line to an MQTT server: batches out with QoS 1, commands in. Connects when there is something to do.</summary>
public sealed class MqttLink : IBatchLink
{
    readonly LinkOptions _options;
    readonly string _pack;
    readonly Action<byte[]> _onCommand;
    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    readonly MqttClientOptions _connect;

    /// <param name="options">Where.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="onCommand">Takes the body of a command; called on a thread of the connection.</param>
    public MqttLink(LinkOptions options, string pack, Action<byte[]> onCommand)
    {
        (_options, _pack, _onCommand) = (options, pack, onCommand);
        _connect = Options(options, ClientOf(pack));
        _client.ApplicationMessageReceivedAsync += Receive;
    }

    /// <summary>What a pack's client calls itself.</summary>
    public static string ClientOf(string pack) => "aibms-" + pack;

    /// <summary>The library's options for a line.</summary>
    public static MqttClientOptions Options(LinkOptions options, string clientId)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new MqttClientOptionsBuilder().WithTcpServer(options.Host, options.Port).WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(clientId).WithCleanStart(true).WithTimeout(options.Patience);
        if (options.IsTls) builder = builder.WithTlsOptions(tls => Protect(tls, options.Credentials));
        if (options.User.Length > 0) builder = builder.WithCredentials(options.User, options.Key);
        return builder.Build();
    }

    static void Protect(MqttClientTlsOptionsBuilder tls, DeviceCredentials? credentials)
    {
        tls.UseTls();
        if (credentials is null) return;
        tls.WithClientCertificates([credentials.Certificate]);
        tls.WithCertificateValidationHandler(server => credentials.Trusts(server.Certificate, server.SslPolicyErrors));
    }

    /// <inheritdoc/>
    public string LastProblem { get; private set; } = "";

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        try
        {
            if (!_client.IsConnected) await ConnectAsync(stop).ConfigureAwait(false);
            var message = new MqttApplicationMessageBuilder().WithTopic(Topics.Batch(_pack)).WithPayload(batch.ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            var answer = await _client.PublishAsync(message, stop).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                LastProblem = "";
                return SendOutcome.Durable;
            }

            LastProblem = answer.ReasonString is { Length: > 0 } reason ? reason : answer.ReasonCode.ToString();
            return answer.ReasonCode == MqttClientPublishReasonCode.PayloadFormatInvalid ? SendOutcome.Refused : SendOutcome.Unreachable;
        }
        catch (Exception problem) when (problem is MqttCommunicationException or SocketException or IOException or InvalidOperationException or MqttProtocolViolationException
            || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LastProblem = problem.Message;
            return SendOutcome.Unreachable;
        }
    }

    async Task ConnectAsync(CancellationToken stop)
    {
        var answer = await _client.ConnectAsync(_connect, stop).ConfigureAwait(false);
        if (answer.ResultCode != MqttClientConnectResultCode.Success) throw new MqttCommunicationException($"The server {_options.Host}:{_options.Port} says {answer.ResultCode} {answer.ReasonString}");
        await _client.SubscribeAsync(Topics.Command(_pack), MqttQualityOfServiceLevel.AtLeastOnce, stop).ConfigureAwait(false);
    }

    Task Receive(MqttApplicationMessageReceivedEventArgs received)
    {
        if (received.ApplicationMessage.Topic == Topics.Command(_pack)) _onCommand(received.ApplicationMessage.Payload.ToArray());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
