using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using AiBms.Battery.Estimation;
using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;

namespace AiBms.Bench;

/// <summary>The agent's own program as a gateway has it, compiled ahead of time: size, start, memory and processor time with 96 cells at 10 Hz; arm64 under emulation for size and function.</summary>
static class Gateway
{
    const double WatchedS = 60, SettleS = 10, SearchS = 150;
    const int Starts = 9, Terminate = 15;

    /// <param name="print">Takes the table.</param>
    /// <param name="home">The project's folder.</param>
    /// <param name="published">A folder with linux-x64 and linux-arm64, published before; null: they are published now.</param>
    public static int Run(TextWriter print, string home, string? published)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-gateway-").FullName;
        try
        {
            string x64 = Made("linux-x64"), arm64 = Made("linux-arm64");
            string Made(string target) => published is null ? Publish(home, folder, target) : Path.Combine(published, target, "aibms-edge");
            print.WriteLine("| | linux-x64 | linux-arm64 under qemu-user |");
            print.WriteLine("|---|---:|---:|");
            print.WriteLine(I($"| program, MB | {Size(x64):0.0} | {Size(arm64):0.0} |"));
            print.WriteLine(I($"| with SQLite's library, MB | {Folder(x64):0.0} | {Folder(arm64):0.0} |"));
            double[] starts = [.. Enumerable.Range(0, Starts).Select(k => StartMs(home, folder, [x64], k)).Order()];
            print.WriteLine(I($"| start to READY=1, ms, best and median of {Starts} | {starts[0]:0}, {starts[Starts / 2]:0} | not measured |"));
            double[] again = [.. Enumerable.Range(0, Starts).Select(k => AgainMs(home, folder, x64, k)).Order()];
            print.WriteLine(I($"| kill −9 while it works, then start to the first estimate on disk, ms, best, median and worst of {Starts} | {again[0]:0}, {again[Starts / 2]:0}, {again[^1]:0} | not measured |"));
            var run = Watch(home, folder, [x64], WatchedS);
            print.WriteLine(I($"| memory after a minute, MB: resident, of it private | {run.ResidentMb:0.0}, {run.PrivateMb:0.0} | not measured |"));
            print.WriteLine(I($"| processor time of one core at 10 Hz, 96 cells, full recorder | {100 * run.CpuShare:0.00} % | not measured |"));
            print.WriteLine(I($"| frames in the journal after {run.AfterS:0} s, exit code on SIGTERM | {run.Frames}, {run.Code} | {Function(home, folder, arm64)} |"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Publish(string home, string folder, string target)
    {
        string output = Path.Combine(folder, target);
        string[] cross = target == "linux-arm64" && RuntimeInformation.ProcessArchitecture != Architecture.Arm64 ? ["-p:LinkerFlavor=lld", "-p:ObjCopyName=aarch64-linux-gnu-objcopy"] : [];
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(home, "src", "AiBms.Edge"), "-c", "Release", "-r", target, "-p:PublishAot=true", "-p:TreatWarningsAsErrors=true", "-o", output, "--artifacts-path", Path.Combine(folder, "build"), "--disable-build-servers", "--nologo", "-v", "quiet", .. cross])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || said.Contains("warning", StringComparison.Ordinal)) throw new InvalidOperationException($"{target} was not published without a warning: {said}");
        return Path.Combine(output, "aibms-edge");
    }

    static double Size(string program) => new FileInfo(program).Length / 1e6;

    static double Folder(string program) => Directory.GetFiles(Path.GetDirectoryName(program)!).Where(f => Path.GetExtension(f) is "" or ".so").Sum(f => new FileInfo(f).Length) / 1e6;

    static string Config(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".json");
        File.WriteAllText(path, $$"""{ "pack": { "id": "car-1", "layout": "ev_96s2p_immersion" }, "source": { "kind": "Simulator" }, "journal": { "path": "{{name}}.db" }, "rateHz": 10 }""");
        return path;
    }

    static Process Start(string home, string[] program, string config, string? socket)
    {
        ProcessStartInfo start = new(program[0], [.. program[1..], "--config", config]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["AIBMS_HOME"] = home;
        if (socket is not null) start.Environment["NOTIFY_SOCKET"] = socket;
        return Process.Start(start)!;
    }

    /// <summary>From the start of the process until it tells its service manager that it works.</summary>
    static double StartMs(string home, string folder, string[] program, int number)
    {
        string path = Path.Combine(folder, $"ready-{number}");
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var clock = Stopwatch.StartNew();
        using var process = Start(home, program, Config(folder, $"start-{number}"), path);
        byte[] said = new byte[64];
        string words = Encoding.ASCII.GetString(said, 0, socket.Receive(said));
        double ms = clock.Elapsed.TotalMilliseconds;
        process.Kill();
        process.WaitForExit();
        return words == "READY=1" ? ms : throw new InvalidOperationException($"the agent said {words}");
    }

    /// <summary>Killed in its work and started again: from the start until a frame with a valid estimate, or one after a gap, is in the journal.</summary>
    static double AgainMs(string home, string folder, string program, int number)
    {
        string config = Config(folder, "again"), journal = Path.Combine(folder, "again.db");
        if (number == 0)
        {
            // The first minutes are searched for; from then on checkpoints hold the whole state.
            using var first = Start(home, [program], config, null);
            Thread.Sleep(TimeSpan.FromSeconds(SearchS));
            first.Kill();
            first.WaitForExit();
        }

        long before = LastSeq(journal);
        var clock = Stopwatch.StartNew();
        using var process = Start(home, [program], config, null);
        while (!IsEstimated(journal, before))
        {
            if (clock.Elapsed.TotalSeconds > 60) throw new InvalidOperationException("no estimate came after a restart");
            Thread.Sleep(2);
        }

        double ms = clock.Elapsed.TotalMilliseconds;
        Thread.Sleep(500 + 137 * number);
        process.Kill();
        process.WaitForExit();
        return ms;
    }

    static bool IsEstimated(string journal, long after)
    {
        try
        {
            using SqliteConnection connection = new($"Data Source={journal};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT body FROM records WHERE kind = {(int)RecordKind.Frame} AND seq > {after.ToString(CultureInfo.InvariantCulture)} ORDER BY seq LIMIT 1";
            return command.ExecuteScalar() is byte[] body && (SocValidity)PackFrame.Of(body).ValidityCode is SocValidity.Valid or SocValidity.AfterGap;
        }
        catch (SqliteException)
        {
            // Busy for once: asked again at once.
            return false;
        }
    }

    static long LastSeq(string journal) => Ask(journal, "SELECT COALESCE(MAX(seq_end), 0) FROM records");

    static (double ResidentMb, double PrivateMb, double CpuShare, double AfterS, long Frames, int Code) Watch(string home, string folder, string[] program, double forS)
    {
        using var process = Start(home, program, Config(folder, "watched"), null);
        Thread.Sleep(TimeSpan.FromSeconds(SettleS));
        var clock = Stopwatch.StartNew();
        process.Refresh();
        var before = process.TotalProcessorTime;
        Thread.Sleep(TimeSpan.FromSeconds(forS));
        process.Refresh();
        double share = (process.TotalProcessorTime - before) / clock.Elapsed;
        var memory = File.ReadLines($"/proc/{process.Id}/status").Where(l => l.StartsWith("VmRSS", StringComparison.Ordinal) || l.StartsWith("RssAnon", StringComparison.Ordinal))
            .ToDictionary(l => l.Split(':')[0], l => double.Parse(l.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1000, StringComparer.Ordinal);
        int code = End(process);
        return (memory["VmRSS"], memory["RssAnon"], share, SettleS + forS, Frames(Path.Combine(folder, "watched.db")), code);
    }

    static string Function(string home, string folder, string program)
    {
        bool isNative = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        using var process = Start(home, isNative ? [program] : ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", program], Config(folder, "arm64"), null);
        Thread.Sleep(TimeSpan.FromSeconds(2 * SettleS));
        int code = End(process);
        return I($"{Frames(Path.Combine(folder, "arm64.db"))} in {2 * SettleS:0} s, {code}");
    }

    static int End(Process process)
    {
        using var kill = Process.Start("kill", [$"-{Terminate}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        process.WaitForExit();
        return process.ExitCode;
    }

    static long Frames(string journal) => Ask(journal, $"SELECT COUNT(*) FROM records WHERE kind = {(int)RecordKind.Frame}");

    static long Ask(string journal, string question)
    {
        using SqliteConnection connection = new($"Data Source={journal};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)command.ExecuteScalar()!;
    }

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
