using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Threading.Channels;
using AiBms.Server.Audit;
using AiBms.Server.Devices;
using AiBms.Server.Ingest.Mqtt;
using AiBms.Server.Keepers;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace AiBms.Server.Ingest;

/// <summary>The server's own end of MQTT: a batch is acknowledged after its commit, so an acknowledgement means durable.</summary>
/// <remarks>In the clear it is for this machine only. By TLS each client shows a certificate; it may write its own pack's batches and hear its own orders, and nothing else.</remarks>
sealed class MqttDoor : IHostedService, IAsyncDisposable
{
    const string Own = "aibms-server", CanHearNo = "can hear no", Known = "device";

    static readonly TimeSpan s_longestDrain = TimeSpan.FromSeconds(5), s_look = TimeSpan.FromMilliseconds(50), s_sweep = TimeSpan.FromSeconds(5);

    readonly MqttServer _server;
    readonly IPackKeepers _keepers;
    readonly ServerFigures _figures;
    readonly PackPace _pace;
    readonly AuditLog _audit;
    readonly Gatekeeper? _gate;
    readonly TimeProvider _time;
    ITimer? _sweep;

    public MqttDoor(IPackKeepers keepers, ServerFigures figures, ServerOptions options, PackPace pace, AuditLog audit, TimeProvider time, DeviceAuthority? authority = null, DeviceBook? book = null, Gatekeeper? gate = null)
    {
        (_keepers, _figures, _pace, _audit, _gate, _time) = (keepers, figures, pace, audit, gate, time);
        MqttListener[] listeners = options.TlsName is null || authority is null
            ? [new([new(IPAddress.Loopback, options.MqttPort), new(IPAddress.IPv6Loopback, options.MqttPort)], null, new(), time, Refuse)]
            : [new([new(IPAddress.Any, options.MqttsPort), new(IPAddress.IPv6Any, options.MqttsPort)], () => authority.Server, new(), time, Refuse)];
        _server = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder().Build(), listeners);
        if (book is not null) book.OnRevoked = device => _ = CutAsync(known => known.Serial == device.Serial);
    }

    readonly ConcurrentDictionary<(string Client, string Topic), bool> _hearers = new();
    volatile bool _isClosing;
    int _pending;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server.ValidatingConnectionAsync += arrival =>
        {
            Welcome(arrival);
            return Task.CompletedTask;
        };
        _server.InterceptingSubscriptionAsync += wish =>
        {
            if (wish.SessionItems?[Known] is Device device && wish.TopicFilter.Topic != Topics.Command(device.Pack))
            {
                (wish.ProcessSubscription, wish.Response.ReasonCode) = (false, MqttSubscribeReasonCode.NotAuthorized);
                Refuse(device.Pack, $"The pack {device.Pack} may hear {Topics.Command(device.Pack)} only, not {wish.TopicFilter.Topic}.");
            }

            return Task.CompletedTask;
        };
        _server.InterceptingPublishAsync += Receive;
        _server.ClientSubscribedTopicAsync += wish => Task.FromResult(_hearers[(wish.ClientId, wish.TopicFilter.Topic)] = true);
        _server.ClientUnsubscribedTopicAsync += wish => Task.FromResult(_hearers.TryRemove((wish.ClientId, wish.TopicFilter), out _));
        _server.ClientDisconnectedAsync += gone =>
        {
            foreach (var hearer in _hearers.Keys)
                if (hearer.Client == gone.ClientId) _hearers.TryRemove(hearer, out _);
            return Task.CompletedTask;
        };
        await _server.StartAsync();
        // A line outlives the day its certificate ends, also where nothing is sent: it would still hear orders.
        if (_gate is { } gate) _sweep = _time.CreateTimer(_ => _ = CutAsync(device => !gate.Lasts(device)), null, s_sweep, s_sweep);
    }

    void Welcome(ValidatingConnectionEventArgs arrival)
    {
        if (_gate is { } gate)
        {
            // In the session of a certificate nobody else is: the client's name is the pack's, whatever it calls itself.
            if (gate.Admit(arrival.ClientCertificate, Address(arrival.RemoteEndPoint), out string why) is not { } device)
            {
                (arrival.ReasonCode, arrival.ReasonString) = (MqttConnectReasonCode.NotAuthorized, why);
                return;
            }

            arrival.SessionItems[Known] = device;
            if (arrival.ClientId != ClientOf(device))
            {
                (arrival.ReasonCode, arrival.ReasonString) = (MqttConnectReasonCode.ClientIdentifierNotValid, $"A client of {device.Pack} calls itself {ClientOf(device)}.");
                Refuse(device.Pack, $"{arrival.ReasonString} This one calls itself '{arrival.ClientId}'.");
            }
        }

        if (arrival.ClientId == Own) arrival.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
        // Under MQTT 5 who has no id is given one; under 3.1.1 the library turns them away.
        if (string.IsNullOrEmpty(arrival.ClientId)) arrival.AssignedClientIdentifier = "guest-" + Guid.NewGuid().ToString("N");
        arrival.SessionItems[CanHearNo] = arrival.ProtocolVersion == MQTTnet.Formatter.MqttProtocolVersion.V500;
    }

    static string ClientOf(Device device) => MqttLink.ClientOf(device.Pack);

    static string Address(EndPoint? remote) => (remote as IPEndPoint)?.Address.ToString() ?? "";

    async Task CutAsync(Func<Device, bool> which)
    {
        foreach (var client in await _server.GetClientsAsync())
            if (client.Session.Items[Known] is Device known && which(known))
                await _server.DisconnectClientAsync(client.Id, new MqttServerClientDisconnectOptionsBuilder().WithReasonCode(MqttDisconnectReasonCode.NotAuthorized).Build());
    }

    void Refuse(string who, string why)
    {
        _figures.Refuse(why);
        _audit.Refused(who, "mqtt", "", why);
    }

    /// <summary>Takes no new batch, waits for the acknowledgements of those that are on their way to the disk, then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        if (_sweep is not null) await _sweep.DisposeAsync();
        long since = Stopwatch.GetTimestamp();
        do await Task.Delay(s_look, CancellationToken.None);
        while (Volatile.Read(ref _pending) > 0 && Stopwatch.GetElapsedTime(since) < s_longestDrain);
        await _server.StopAsync();
    }

    /// <summary>Whether a pack's own client is connected and hears its orders.</summary>
    public bool Hears(string pack) => _hearers.ContainsKey((MqttLink.ClientOf(pack), Topics.Command(pack)));

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

        if (arrival.SessionItems?[Known] is Device device && device.Pack != pack)
        {
            Refuse(arrival, MqttPubAckReasonCode.NotAuthorized, $"The pack {device.Pack} may write {Topics.Batch(device.Pack)} only, not {arrival.ApplicationMessage.Topic}.");
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
            // Looked at here again: a session may be older than the day its certificate ended or was taken back.
            if (arrival.SessionItems?[Known] is Device of && _gate?.Lasts(of) == false)
            {
                arrival.CloseConnection = true;
                Refuse(arrival, MqttPubAckReasonCode.NotAuthorized, $"The certificate of {pack} no longer holds.");
                return;
            }

            if (!await _pace.WaitAsync(pack, (int)arrival.ApplicationMessage.Payload.Length, CancellationToken.None))
            {
                Refuse(arrival, MqttPubAckReasonCode.QuotaExceeded, $"The pack {pack} sends more than it may: send it again later.");
                return;
            }

            var batch = RecordBatch.Of(arrival.ApplicationMessage.Payload.ToArray());
            if (batch.PackId != pack) throw new DataException($"The batch is of pack {batch.PackId}, its topic of {pack}: send it on its own topic.");
            await _keepers.AcceptAsync(batch, CancellationToken.None);
        }
        catch (DataException problem)
        {
            Refuse(arrival, MqttPubAckReasonCode.PayloadFormatInvalid, problem.Message);
        }
        catch (Exception problem) when (problem is ChannelClosedException or System.Data.Common.DbException)
        {
            // Not stored: without an acknowledgement the agent keeps it and comes again.
            arrival.CloseConnection = true;
            Refuse(arrival, MqttPubAckReasonCode.UnspecifiedError, "Not stored: send it again.", problem.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <param name="arrival">What came.</param>
    /// <param name="code">For the sender.</param>
    /// <param name="why">For the sender.</param>
    /// <param name="own">For whoever runs the server, where that is more.</param>
    void Refuse(InterceptingPublishEventArgs arrival, MqttPubAckReasonCode code, string why, string? own = null)
    {
        _figures.Refuse(own ?? why);
        // What the server itself cannot take is no attack.
        if (code != MqttPubAckReasonCode.UnspecifiedError)
            _audit.Refused(arrival.SessionItems?[Known] is Device device ? device.Pack : arrival.ClientId, "mqtt", Topics.PackOfBatch(arrival.ApplicationMessage.Topic) ?? "", $"{why} On {arrival.ApplicationMessage.Topic}.");
        (arrival.Response.ReasonCode, arrival.Response.ReasonString) = (code, why);
        if (arrival.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) return;
        // MQTT 3.1.1 has no way to say no, and an acknowledgement would be a lie: the line is cut.
        bool isTold = code is MqttPubAckReasonCode.PayloadFormatInvalid or MqttPubAckReasonCode.NotAuthorized && !arrival.CloseConnection && arrival.SessionItems?[CanHearNo] is true;
        if (!isTold) arrival.CloseConnection = true;
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }
}
