using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AiBms.Trials.House;

namespace AiBms.Trials.Server;

/// <summary>The server as its users start it: a process of its own on loopback, with ports that are free.</summary>
sealed class RunningServer : IDisposable
{
    readonly Process _process;

    RunningServer(Process process, int mqttPort) => (_process, MqttPort) = (process, mqttPort);

    public int MqttPort { get; }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<RunningServer> StartAsync(string folder, CancellationToken stop)
    {
        (int port, int mqttPort) = (FreePort(), FreePort());
        var process = Start("serve", "--folder", folder, "--port", Text(port), "--mqtt-port", Text(mqttPort));
        string? line = await process.StandardOutput.ReadLineAsync(stop);
        Assert.True(line?.Contains("ready", StringComparison.Ordinal) == true, $"the server said: {line} {(process.HasExited ? await process.StandardError.ReadToEndAsync(stop) : "")}");
        return new(process, mqttPort);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Error)> RunAsync(CancellationToken stop, params string[] args)
    {
        using var process = Start(args);
        string error = await process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, error);
    }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>kill −9.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    static Process Start(params string[] args)
    {
        string program = Path.Combine(Clone.Root, "src", "AiBms.Server", "bin", "Release", "net10.0", "aibms-server.dll");
        Assert.SkipUnless(File.Exists(program), "skipped: the server is not built in Release");
        ProcessStartInfo start = new("dotnet", [program, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AIBMS_HOME"] = Clone.Root;
        return Process.Start(start)!;
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
