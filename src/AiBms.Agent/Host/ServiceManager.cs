using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AiBms.Agent.Host;

/// <summary>Tells systemd that the agent is ready, alive or stopping; without systemd it says nothing.</summary>
/// <remarks>Protocol: sd_notify(3), datagrams to the socket that NOTIFY_SOCKET names; a name that begins with @ is abstract.</remarks>
public sealed class ServiceManager : IDisposable
{
    readonly Socket? _socket;
    readonly TimeProvider _time;
    readonly TimeSpan _every;
    long _said;

    /// <param name="socketName">What NOTIFY_SOCKET says; null or empty for nobody.</param>
    /// <param name="watchdogUs">What WATCHDOG_USEC says: an agent that is silent for so long is started anew; null for no watchdog.</param>
    /// <param name="time">The clock.</param>
    public ServiceManager(string? socketName, string? watchdogUs, TimeProvider time)
    {
        _time = time;
        // Half the time, as sd_watchdog_enabled(3) advises.
        _every = long.TryParse(watchdogUs, CultureInfo.InvariantCulture, out long us) && us > 0 ? TimeSpan.FromMicroseconds(us / 2) : Timeout.InfiniteTimeSpan;
        if (string.IsNullOrEmpty(socketName)) return;
        _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        _socket.Connect(new UnixDomainSocketEndPoint(socketName[0] == '@' ? '\0' + socketName[1..] : socketName));
    }

    /// <summary>The agent works.</summary>
    public void Ready() => Say("READY=1");

    /// <summary>A step was taken: whoever watches learns of it often enough. Only the loop calls this, so a loop that hangs is seen.</summary>
    public void Alive()
    {
        if (_every < TimeSpan.Zero || (_said != 0 && _time.GetElapsedTime(_said) < _every)) return;
        _said = _time.GetTimestamp();
        Say("WATCHDOG=1");
    }

    /// <summary>The agent ends.</summary>
    public void Stopping() => Say("STOPPING=1");

    void Say(string words)
    {
        if (_socket is null) return;
        try
        {
            _socket.Send(Encoding.ASCII.GetBytes(words));
        }
        catch (SocketException)
        {
            // Nobody listens any more: the pack is looked after all the same.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();
}
