using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AiBms.Trials.Agent.Live;

/// <summary>The agent's own program as systemd runs it: it says when it is ready, that it lives, and that it stops; one that hangs falls silent.</summary>
public sealed class ServiceTrials : IDisposable
{
    const double WatchdogS = 2;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-service-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheManagerHearsOfEveryStateAndNothingFromALoopThatHangs()
    {
        var stop = TestContext.Current.CancellationToken;
        string path = Path.Combine(_folder, "notify"), config = Path.Combine(_folder, "agent.json");
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        await File.WriteAllTextAsync(config, """{ "pack": { "id": "car-1", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator" }, "journal": { "path": "journal.db" } }""", stop);
        using RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config)
        {
            Environment = { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = (1e6 * WatchdogS).ToString(CultureInfo.InvariantCulture) },
        };
        agent.Start();
        Assert.Equal("READY=1", await HearAsync(socket, stop));
        for (int k = 0; k < 3; k++) Assert.Equal("WATCHDOG=1", await HearAsync(socket, stop));

        await agent.SignalAsync("STOP", stop);
        while (socket.Available > 0) await HearAsync(socket, stop);
        await Task.Delay(TimeSpan.FromSeconds(WatchdogS), stop);
        Assert.Equal(0, socket.Available);
        await agent.SignalAsync("CONT", stop);
        Assert.Equal("WATCHDOG=1", await HearAsync(socket, stop));

        Assert.Equal(0, await agent.EndAsync(stop));
        List<string> rest = [];
        while (socket.Available > 0) rest.Add(await HearAsync(socket, stop));
        Assert.Equal("STOPPING=1", rest[^1]);
    }

    /// <summary>systemd itself finds nothing wrong with a unit but that the program is not installed here.</summary>
    [Theory]
    [InlineData("aibms-edge.service", "/opt/aibms/aibms-edge")]
    [InlineData("aibms-server.service", "/usr/bin/dotnet")]
    public async Task SystemdReadsTheUnit(string name, string program)
    {
        const string analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(analyze), "skipped: no systemd-analyze");
        // As it would be installed: only the program's place and its user are ours here.
        string unit = Path.Combine(_folder, name), text = await File.ReadAllTextAsync(Path.Combine(House.Clone.Root, "deploy", "systemd", name), TestContext.Current.CancellationToken);
        Assert.Contains("ExecStart=" + program, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(unit, text.Replace("ExecStart=" + program, "ExecStart=/bin/true", StringComparison.Ordinal).Replace("User=aibms\n", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(analyze, ["verify", "--man=no", unit]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains(name, StringComparison.Ordinal));
    }

    static async Task<string> HearAsync(Socket socket, CancellationToken stop)
    {
        byte[] said = new byte[64];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(said, 0, await socket.ReceiveAsync(said, patience.Token));
    }
}
