using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace AiBms.Server.Ingest.Mqtt;

/// <summary>Takes connections for the MQTT library, within limits that the library does not have, in the clear or by TLS with a certificate of the client's.</summary>
/// <param name="places">Where it listens.</param>
/// <param name="own">The server's certificate; null for connections in the clear.</param>
/// <param name="limits">What one connection may ask for.</param>
/// <param name="time">The clock.</param>
/// <param name="refuse">Told of every connection that is ended here: its address and why.</param>
sealed class MqttListener(IReadOnlyList<IPEndPoint> places, Func<X509Certificate2>? own, MqttLimits limits, TimeProvider time, Action<string, string> refuse) : IMqttServerAdapter
{
    readonly ConcurrentDictionary<IPAddress, int> _ofAddress = new();
    readonly List<Socket> _sockets = [];
    MqttServerOptions _options = null!;
    IMqttNetLogger _logger = null!;
    int _count;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        (_options, _logger) = (options, logger);
        foreach (var place in places)
        {
            if (place.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6) continue;
            Socket socket = new(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(socket);
            if (place.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
            socket.Bind(place);
            socket.Listen(512);
            _ = AcceptAsync(socket);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        _sockets.Clear();
        return Task.CompletedTask;
    }

    public void Dispose() => _ = StopAsync();

    async Task AcceptAsync(Socket socket)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception end) when (end is ObjectDisposedException or OperationCanceledException || end is SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the client went away again: whoever comes next may have more luck.
                await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
                continue;
            }

            _ = ServeAsync(client);
        }
    }

    async Task ServeAsync(Socket client)
    {
        var address = (client.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        bool fits = Interlocked.Increment(ref _count) <= limits.Most & _ofAddress.AddOrUpdate(address, 1, (_, n) => n + 1) <= limits.MostOfAddress;
        try
        {
            if (fits) await TalkAsync(client, address).ConfigureAwait(false);
            else refuse(address.ToString(), $"There are {limits.Most} connections, or {limits.MostOfAddress} of this address: no more are taken.");
        }
        catch (Exception problem) when (problem is IOException or AuthenticationException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            if (problem is AuthenticationException or OperationCanceledException) refuse(address.ToString(), $"TLS could not be agreed on: {problem.Message}");
        }
        finally
        {
            client.Dispose();
            Interlocked.Decrement(ref _count);
            // Taken out at zero, so that addresses that never come again are not kept.
            if (_ofAddress.AddOrUpdate(address, 0, (_, n) => n - 1) == 0) ((ICollection<KeyValuePair<IPAddress, int>>)_ofAddress).Remove(new(address, 0));
        }
    }

    async Task TalkAsync(Socket client, IPAddress address)
    {
        client.NoDelay = true;
        Stream stream = new NetworkStream(client, ownsSocket: false);
        X509Certificate2? certificate = null;
        await using (stream.ConfigureAwait(false))
        {
            if (own is not null)
            {
                SslStream tls = new(stream);
                stream = tls;
                using CancellationTokenSource patience = new(limits.First);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificate = own(),
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // Whose it is, is looked at when the client says what it wants: then it can be told why it is turned away.
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                }, patience.Token).ConfigureAwait(false);
                certificate = tls.RemoteCertificate as X509Certificate2;
            }

            using GuardedChannel channel = new(stream, client.LocalEndPoint, client.RemoteEndPoint, certificate, own is not null, limits, time, why => refuse(address.ToString(), why));
            using MqttChannelAdapter adapter = new(channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(_options.WriterBufferSize, _options.WriterBufferSizeMax)), _logger) { AllowPacketFragmentation = true };
            if (ClientHandler is { } handler) await handler(adapter).ConfigureAwait(false);
        }
    }
}
