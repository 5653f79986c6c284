using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace AiBms.Server.Ingest.Mqtt;

/// <summary>A connection whose packets are measured as they come: one that is too large or too slow ends it before the library makes room for it.</summary>
/// <remarks>Source: MQTT 5.0, 2.1: a packet is one byte of type, one to four of length (seven bits each, the least first), then so many bytes.</remarks>
sealed class GuardedChannel(Stream stream, EndPoint? local, EndPoint? remote, X509Certificate2? certificate, bool isSecure, MqttLimits limits, TimeProvider time, Action<string> refuse) : IMqttChannel
{
    const int MostLengthBytes = 4;

    readonly long _openedAt = time.GetTimestamp();
    long _left, _begunAt;
    int _shift = -1, _length, _packetBytes;
    bool _isKnown;

    public X509Certificate2? ClientCertificate => certificate;

    public EndPoint? RemoteEndPoint => remote;

    public EndPoint? LocalEndPoint => local;

    public bool IsSecureConnection => isSecure;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        stream.Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (Deadline() is { } most) patience.CancelAfter(most > TimeSpan.Zero ? most : TimeSpan.FromMilliseconds(1));
        try
        {
            int read = await stream.ReadAsync(buffer.AsMemory(offset, count), patience.Token).ConfigureAwait(false);
            foreach (byte next in buffer.AsSpan(offset, read)) Measure(next);
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused($"The sender is too slow: a packet has to be whole within {limits.Packet.TotalSeconds:0} s and its size at {limits.SlowestBytesPerS} bytes a second.");
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        // A receiver that takes nothing must not hold a sender of ours for ever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Packet);
        foreach (var piece in buffer) await stream.WriteAsync(piece, patience.Token).ConfigureAwait(false);
    }

    public void Dispose() => stream.Dispose();

    /// <summary>How long this read may take; null between packets, where the keep-alive decides.</summary>
    TimeSpan? Deadline()
    {
        if (!_isKnown) return limits.First - time.GetElapsedTime(_openedAt);
        if (_shift < 0) return null;
        return limits.Packet + TimeSpan.FromSeconds((double)_packetBytes / limits.SlowestBytesPerS) - time.GetElapsedTime(_begunAt);
    }

    void Measure(byte next)
    {
        if (_left > 0)
        {
            if (--_left == 0) (_shift, _isKnown) = (-1, true);
            return;
        }

        if (_shift < 0)
        {
            (_shift, _length, _packetBytes, _begunAt) = (0, 0, 0, time.GetTimestamp());
            return;
        }

        _length |= (next & 0x7F) << _shift;
        _shift += 7;
        if ((next & 0x80) != 0)
        {
            if (_shift >= 7 * MostLengthBytes) throw Refused("The length of a packet has more than four bytes: this is not MQTT.");
            return;
        }

        int most = _isKnown ? limits.MostBytes : limits.MostBytesBefore;
        if (_length > most) throw Refused($"A packet of {_length} bytes was announced: at most {most} are taken{(_isKnown ? "" : " before the client is known")}.");
        (_left, _packetBytes) = (_length, _length);
        if (_left == 0) (_shift, _isKnown) = (-1, true);
    }

    IOException Refused(string why)
    {
        refuse(why);
        return new(why);
    }
}
