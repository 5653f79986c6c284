using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using MQTTnet;
using MQTTnet.Formatter;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A pack's line to an MQTT server: batches out with QoS 1, commands in. Connects when there is something to do.</summary>
public sealed class MqttLink : IBatchLink
{
    readonly MqttLine _line;

    /// <param name="options">Where.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="onCommand">Takes the body of a command; called on a thread of the connection.</param>
    public MqttLink(LinkOptions options, string pack, Action<byte[]> onCommand) =>
        _line = new(options, pack, "server", [Topics.Command(pack)], (topic, body) =>
        {
            if (topic == Topics.Command(pack)) onCommand(body);
        });

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
            var answer = await _line.PublishAsync(batch, stop).ConfigureAwait(false);
            if (answer.IsSuccess)
            {
                LastProblem = "";
                return SendOutcome.Durable;
            }

            LastProblem = answer.ReasonString is { Length: > 0 } reason ? reason : answer.ReasonCode.ToString();
            return answer.ReasonCode == MqttClientPublishReasonCode.PayloadFormatInvalid ? SendOutcome.Refused : SendOutcome.Unreachable;
        }
        catch (Exception problem) when (MqttLine.IsBroken(problem, stop))
        {
            LastProblem = problem.Message;
            return SendOutcome.Unreachable;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
