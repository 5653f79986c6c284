using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;
using static AiBms.Bench.Measure;

namespace AiBms.Bench;

/// <summary>Load on the server as its users start it: packs of 96 cells send by MQTT from this process, and wait for each acknowledgement, which comes after the commit.</summary>
static class FleetLoad
{
    const int Packs = 16, BatchFrames = 200, Cells = 96;
    const double SlowMs = 100;
    const int DayS = 86_400, BacklogS = 8 * 3600;

    /// <summary>At half load longer than minutes are made (20 s) and the database's checkpoints come, so that the tail has them in it.</summary>
    const double WarmS = 10, WatchedS = 20, HeldS = 60;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <param name="print">Takes the tables.</param>
    /// <param name="home">The folder of the project, with the server built in Release.</param>
    /// <param name="address">An empty PostgreSQL database; null for the embedded store.</param>
    /// <param name="framesPerS">The pace to hold; 0: first as fast as it goes, then half of that, then backlog and history.</param>
    public static async Task<int> RunAsync(TextWriter print, string home, string? address, int framesPerS)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-load-").FullName;
        (int port, int mqttPort) = (FreePort(), FreePort());
        string[] store = address is null ? [] : ["--store", address];
        ProcessStartInfo start = new("dotnet", [Path.Combine(home, "src", "AiBms.Server", "bin", "Release", "net10.0", "aibms-server.dll"), "serve", "--folder", folder, "--port", I($"{port}"), "--mqtt-port", I($"{mqttPort}"), .. store]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var server = Process.Start(start)!;
        try
        {
            string secret = (await server.StandardOutput.ReadLineAsync())!.Split("'admin' with ")[1].Split(' ')[0];
            await server.StandardOutput.ReadLineAsync();
            print.WriteLine(I($"{(address is null ? "SQLite" : "PostgreSQL")}; {Packs} packs of {Cells} cells, {BatchFrames} frames a batch; load of the machine before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; cores: {Environment.ProcessorCount}"));
            Sender[] senders = [.. Enumerable.Range(0, Packs).Select(n => new Sender(I($"car-{n}"), mqttPort))];
            // A program that has just started is still being compiled.
            if (framesPerS > 0) await RowAsync(print, "warming up", server, senders, framesPerS, WarmS);
            double rate = framesPerS > 0 ? 0 : await RowAsync(print, "as fast as it goes", server, senders, 0, WatchedS);
            await RowAsync(print, framesPerS > 0 ? "at a pace" : "at half of that", server, senders, framesPerS > 0 ? framesPerS : rate / 2, HeldS);
            foreach (var sender in senders) await sender.DisposeAsync();
            if (framesPerS > 0) return 0;
            await using Sender backlog = new("backlog", mqttPort), day = new("day", mqttPort);
            await BacklogAsync(print, server, backlog);
            await HistoryAsync(print, day, port, secret);
            return 0;
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<double> RowAsync(TextWriter print, string name, Process server, Sender[] senders, double framesPerS, double forS)
    {
        double serverS = CpuS(server), ownS = CpuS(Process.GetCurrentProcess());
        long since = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(senders.Select((s, n) => Task.Run(() => s.SendAsync(forS, framesPerS / senders.Length, (double)n / senders.Length))));
        double tookS = Stopwatch.GetElapsedTime(since).TotalSeconds;
        (serverS, ownS) = (CpuS(server) - serverS, CpuS(Process.GetCurrentProcess()) - ownS);
        double[] answersMs = [.. all.SelectMany(a => a).Select(a => a.TookMs).Order()];
        int[] slowS = [.. all.SelectMany(a => a).Where(a => a.TookMs > SlowMs).Select(a => (int)a.AtS).Distinct().Order()];
        double frames = (double)answersMs.Length * BatchFrames;
        print.WriteLine(I($"{name}: {frames / tookS:N0} durable frames/s; acknowledgement {At(answersMs, 0.5):0.0} ms median, {At(answersMs, 0.99):0.0} ms 99 %; CPU: server {serverS / tookS:0.00} cores, generator {ownS / tookS:0.00} cores ({100 * ownS / (ownS + serverS):0} % of both); {frames / serverS:N0} frames for each second of the server's CPU"));
        if (framesPerS > 0) print.WriteLine(I($"    above {SlowMs:0} ms: {answersMs.Count(a => a > SlowMs)} of {answersMs.Length}, longest {answersMs[^1]:0} ms, begun in seconds {string.Join(' ', slowS)}"));
        return frames / tookS;
    }

    static async Task BacklogAsync(TextWriter print, Process server, Sender sender)
    {
        double serverS = CpuS(server);
        long since = Stopwatch.GetTimestamp();
        await sender.FillAsync(BacklogS);
        double tookS = Stopwatch.GetElapsedTime(since).TotalSeconds;
        print.WriteLine(I($"backlog of 8 h at 1 Hz of one pack: {tookS:0.0} s, {BacklogS / tookS:N0} times real time; server's CPU {CpuS(server) - serverS:0.0} s"));
    }

    /// <summary>A day of one pack at 1 Hz: asked for while its minutes are not made yet, and when they are.</summary>
    static async Task HistoryAsync(TextWriter print, Sender sender, int port, string secret)
    {
        await sender.FillAsync(DayS);
        using HttpClient client = new() { BaseAddress = new(I($"http://127.0.0.1:{port}/")) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + secret)));
        string question = I($"api/v1/packs/day/history?from={Sender.StartMs}&to={Sender.StartMs + 1000L * DayS}&signals=soc,cellVMin,cellVMax,currentA");
        print.WriteLine(I($"history of a day, minutes not made yet: {await AskAsync(client, question):0} ms"));
        await Task.Delay(TimeSpan.FromSeconds(75));
        List<double> tookMs = [];
        for (int k = 0; k < 21; k++) tookMs.Add(await AskAsync(client, question));
        double[] sorted = [.. tookMs.Order()];
        print.WriteLine(I($"history of a day, from its minutes: {At(sorted, 0.5):0} ms median of {sorted.Length}, {sorted[^1]:0} ms longest"));
    }

    static async Task<double> AskAsync(HttpClient client, string question)
    {
        long since = Stopwatch.GetTimestamp();
        string answer = await client.GetStringAsync(question);
        if (answer.Length < 1000) throw new InvalidOperationException(answer);
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    /// <summary>One pack. Its frames are made beforehand, so that making them is no part of what is measured.</summary>
    sealed class Sender(string pack, int mqttPort) : IAsyncDisposable
    {
        public const long StartMs = 1_790_000_000_000;

        static readonly byte[][] s_bodies = [.. Enumerable.Range(0, 256).Select(Body)];

        readonly MqttLink _link = new(new() { Host = "127.0.0.1", Port = mqttPort, Patience = s_patience }, pack, _ => { });
        long _seq;

        public ValueTask DisposeAsync() => _link.DisposeAsync();

        /// <summary>Sends for some time.</summary>
        /// <param name="forS">How long, s.</param>
        /// <param name="framesPerS">How many; 0: as fast as it goes.</param>
        /// <param name="phaseFraction">How much of a batch's time the first one comes later, 0…1: packs do not all speak at the same moment.</param>
        /// <returns>When each batch was sent, s, and how long its acknowledgement took, ms.</returns>
        public async Task<List<(double AtS, double TookMs)>> SendAsync(double forS, double framesPerS, double phaseFraction)
        {
            List<(double AtS, double TookMs)> took = [];
            long since = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(since).TotalSeconds < forS)
            {
                if (framesPerS > 0)
                {
                    double aheadS = (took.Count + 1 + phaseFraction) * BatchFrames / framesPerS - Stopwatch.GetElapsedTime(since).TotalSeconds;
                    if (aheadS > 0) await Task.Delay(TimeSpan.FromSeconds(aheadS));
                }

                long begin = Stopwatch.GetTimestamp();
                await OnceAsync();
                took.Add((Stopwatch.GetElapsedTime(since, begin).TotalSeconds, Stopwatch.GetElapsedTime(begin).TotalMilliseconds));
            }

            return took;
        }

        public async Task FillAsync(int frames)
        {
            while (_seq < frames) await OnceAsync();
        }

        async Task OnceAsync()
        {
            var records = new Record[BatchFrames];
            for (int k = 0; k < records.Length; k++)
            {
                _seq++;
                records[k] = new(_seq, _seq, RecordKind.Frame, StartMs + 1000 * _seq, s_bodies[_seq % s_bodies.Length]);
            }

            var outcome = await _link.SendAsync(new(pack, 1, records), CancellationToken.None);
            if (outcome != SendOutcome.Durable) throw new InvalidOperationException(_link.LastProblem);
        }

        static byte[] Body(int n)
        {
            double[] volts = new double[Cells];
            for (int cell = 0; cell < Cells; cell++) volts[cell] = 3.7 + 0.001 * ((cell * 7 + n) % 23);
            return new PackFrame { ProtectionCode = 2, CurrentA = -20 - n % 11, VoltageV = 355, Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, HotSpotDegC = 31, HotSpotCell = 4, AmbientDegC = 20, CellVoltageV = volts, ProbeDegC = [29, 30, 30, 29, 28, 30, 31, 29] }.ToBytes();
        }
    }
}
