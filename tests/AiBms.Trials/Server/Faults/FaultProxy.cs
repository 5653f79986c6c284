using System.Net;
using System.Net.Sockets;

namespace AiBms.Trials.Server.Faults;

/// <summary>A link that can be made bad: a TCP proxy on loopback between two programs.</summary>
sealed class FaultProxy : IDisposable
{
    const int Piece = 7;

    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly int _target;
    readonly Random _random;
    readonly Lock _lock = new();
    readonly List<Socket> _open = [];
    readonly CancellationTokenSource _end = new();
    volatile LinkFault _fault;

    public FaultProxy(int target, int seed)
    {
        (_target, _random) = (target, new(seed));
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>A planted mistake in the server's place; false for an honest link.</summary>
    public bool AnswersEarly { get; init; }

    /// <summary>How the link is. Cutting it ends what is connected.</summary>
    public LinkFault Fault
    {
        get => _fault;
        set
        {
            _fault = value;
            if (value == LinkFault.Cut) Cut();
        }
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }

    async Task CarryAsync(Socket near)
    {
        using Socket far = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        lock (_lock) _open.AddRange([near, far]);
        try
        {
            if (_fault == LinkFault.Cut) return;
            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await await Task.WhenAny(PassAsync(near, far, isFromPack: true), PassAsync(far, near, isFromPack: false));
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end is gone: so is the other.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Dispose();
        }
    }

    async Task PassAsync(Socket from, Socket to, bool isFromPack)
    {
        EarlyAnswer early = new();
        byte[] bytes = new byte[1 << 14];
        for (int count; (count = await from.ReceiveAsync(bytes, _end.Token)) > 0;)
        {
            // Neither side hears of it: both wait, as when a cable is pulled or a gateway forgets a connection.
            while (_fault == LinkFault.HalfOpen) await Task.Delay(20, _end.Token);
            if (AnswersEarly)
            {
                var (onward, said) = early.Take(bytes.AsSpan(0, count), isFromPack);
                await to.SendAsync(onward, _end.Token);
                if (said.Length > 0) await from.SendAsync(said, _end.Token);
                continue;
            }

            if (_fault == LinkFault.Slow) await Task.Delay(Next(50, 400), _end.Token);
            if (_fault == LinkFault.Torn)
            {
                // In small pieces, and somewhere in the midst of one it ends.
                bool isEnd = Next(0, 3) == 0;
                for (int at = 0, until = isEnd ? Next(0, count) : count; at < until; at += Piece) await to.SendAsync(bytes.AsMemory(at, Math.Min(Piece, until - at)), _end.Token);
                if (isEnd) return;
                continue;
            }

            for (int at = 0; at < count;) at += await to.SendAsync(bytes.AsMemory(at, count - at), _end.Token);
        }
    }

    int Next(int from, int to)
    {
        lock (_lock) return _random.Next(from, to);
    }

    void Cut()
    {
        lock (_lock)
            foreach (var socket in _open) socket.Dispose();
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        Cut();
        _end.Dispose();
    }
}
