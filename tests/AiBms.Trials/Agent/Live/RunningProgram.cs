using System.Diagnostics;
using AiBms.Trials.House;

namespace AiBms.Trials.Agent.Live;

/// <summary>Agent or server as a process of its own, to be killed and started again with the same arguments.</summary>
sealed class RunningProgram(string project, string assembly, params string[] args) : IDisposable
{
    Process? _process;

    /// <summary>What it said on stderr and stdout since its last start.</summary>
    public List<string> Said { get; } = [];

    /// <summary>The folder of another build of it, to be taken from its next start on; null for the one of this tree.</summary>
    public string? Build { get; set; }

    /// <summary>What it finds in its environment besides.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public void Start()
    {
        string program = Path.Combine(Build ?? Path.Combine(Clone.Root, "src", project, "bin", "Release", "net10.0"), assembly + ".dll");
        Assert.SkipUnless(File.Exists(program), $"skipped: {project} is not built in Release");
        ProcessStartInfo start = new("dotnet", [program, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AIBMS_HOME"] = Clone.Root;
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        lock (Said) Said.Clear();
        _process = Process.Start(start)!;
        foreach (var reader in (StreamReader[])[_process.StandardOutput, _process.StandardError])
            _ = Task.Run(async () =>
            {
                while (await reader.ReadLineAsync() is { } line)
                    lock (Said) Said.Add(line);
            });
    }

    /// <summary>Waits until it says something.</summary>
    public async Task SaysAsync(string word, CancellationToken stop)
    {
        while (true)
        {
            lock (Said)
                if (Said.Exists(line => line.Contains(word, StringComparison.Ordinal))) return;
            Assert.False(_process!.HasExited, $"it ended, having said: {string.Join(" | ", Said)}");
            await Task.Delay(20, stop);
        }
    }

    /// <summary>True once it has ended, by itself or not.</summary>
    public bool HasEnded => _process?.HasExited == true;

    /// <summary>kill −9.</summary>
    public void Kill()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string name, CancellationToken stop)
    {
        using var kill = Process.Start("kill", ["-" + name, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(stop);
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> EndAsync(CancellationToken stop)
    {
        await SignalAsync("TERM", stop);
        await _process!.WaitForExitAsync(stop);
        return _process.ExitCode;
    }

    /// <summary>Waits until it ends by itself; gives the exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken stop)
    {
        await _process!.WaitForExitAsync(stop);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
    }
}
