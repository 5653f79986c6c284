using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AiBms.Trials.House;

namespace AiBms.Trials.Server;

/// <summary>The server as its users start it: a process of its own on loopback, with ports that are free.</summary>
sealed class RunningServer : IDisposable
{
    readonly Process _process;

    static readonly HashSet<int> s_given = [];

    RunningServer(Process process, int port, int mqttPort, string secret) => (_process, Port, MqttPort, Secret) = (process, port, mqttPort, secret);

    public int Port { get; }

    public int MqttPort { get; }

    /// <summary>Where it is reached.</summary>
    public string Address => $"http://127.0.0.1:{Text(Port)}";

    public int ProcessId => _process.Id;

    /// <summary>The admin's password that a first start prints; empty at a later one.</summary>
    public string Secret { get; }

    /// <summary>Starts <c>serve</c> and waits until it says that it is ready.</summary>
    public static Task<RunningServer> StartAsync(string folder, CancellationToken stop) => StartAsync(stop, "serve", "--folder", folder);

    /// <summary>Starts a verb on free ports and waits until it says that it is ready.</summary>
    public static async Task<RunningServer> StartAsync(CancellationToken stop, params string[] args)
    {
        (int port, int mqttPort) = (FreePort(), FreePort());
        var process = Start([.. args, "--port", Text(port), "--mqtt-port", Text(mqttPort)]);
        string? line = await process.StandardOutput.ReadLineAsync(stop);
        string secret = line?.Split("'admin' with ") is [_, var told] ? told.Split(' ')[0] : "";
        if (secret.Length > 0) line = await process.StandardOutput.ReadLineAsync(stop);
        Assert.True(line?.Contains("ready", StringComparison.Ordinal) == true, $"the server said: {line} {(process.HasExited ? await process.StandardError.ReadToEndAsync(stop) : "")}");
        return new(process, port, mqttPort, secret);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Error)> RunAsync(CancellationToken stop, params string[] args)
    {
        using var process = Start(args);
        try
        {
            string error = await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    public static int FreePort()
    {
        while (true)
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            // The system may give a port that was let go a moment ago: never one twice.
            lock (s_given)
                if (s_given.Add(port)) return port;
        }
    }

    /// <summary>A client of the REST API, signed in as the admin of a first start.</summary>
    public HttpClient Client(TimeSpan? patience = null)
    {
        HttpClient client = new() { BaseAddress = new(Address), Timeout = patience ?? TimeSpan.FromSeconds(100) };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + Secret)));
        return client;
    }

    /// <summary>kill −9.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to end (SIGTERM), and gives its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken stop)
    {
        using var asking = Process.Start("kill", ["-TERM", Text(_process.Id)]);
        await _process.WaitForExitAsync(stop);
        return _process.ExitCode;
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
