using System.Net.Sockets;
using System.Text;
using AiBms.Agent.Host;
using AiBms.Tests.Server;

namespace AiBms.Tests.Agent.Host;

/// <summary>What a service manager hears: sd_notify(3) and sd_watchdog_enabled(3) have the words and the pace.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    readonly string _path = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}");
    readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    readonly SteppedClock _clock = new();

    public ServiceManagerTests() => _socket.Bind(new UnixDomainSocketEndPoint(_path));

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void TheWatchdogIsFedTwiceInItsTimeAndNotMore()
    {
        using ServiceManager manager = new(_path, "10000000", _clock);
        manager.Ready();
        // Ten steps a second for 20 s.
        for (int step = 0; step < 200; step++)
        {
            manager.Alive();
            _clock.Go(0.1);
        }

        manager.Stopping();
        Assert.Equal(["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"], Heard());
    }

    /// <summary>A unit without WatchdogSec gives no WATCHDOG_USEC; what is no time counts as none.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("soon")]
    public void WithoutAWatchdogNothingIsFed(string? watchdogUs)
    {
        using ServiceManager manager = new(_path, watchdogUs, _clock);
        manager.Alive();
        _clock.Go(3600);
        manager.Alive();
        manager.Stopping();
        Assert.Equal(["STOPPING=1"], Heard());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void WithoutAManagerNothingIsSaid(string? socket)
    {
        using ServiceManager manager = new(socket, "10000000", _clock);
        manager.Ready();
        manager.Alive();
        Assert.Empty(Heard());
    }

    /// <summary>A manager that is gone is no reason to stop looking after a pack.</summary>
    [Fact]
    public void AManagerThatLeavesIsNoReasonToStop()
    {
        using ServiceManager manager = new(_path, "10000000", _clock);
        _socket.Dispose();
        manager.Ready();
        manager.Alive();
        manager.Stopping();
    }

    List<string> Heard()
    {
        List<string> heard = [];
        byte[] said = new byte[64];
        while (_socket.Available > 0) heard.Add(Encoding.ASCII.GetString(said, 0, _socket.Receive(said)));
        return heard;
    }
}
