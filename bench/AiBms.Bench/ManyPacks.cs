using System.Diagnostics;
using AiBms.Battery.Packs;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;
using Record = AiBms.Telemetry.Frames.Record;
using static AiBms.Bench.Measure;

namespace AiBms.Bench;

/// <summary>A fleet that measures once a second, each pack estimated on the server too: processor, memory and time to the acknowledgement, for as long as it is told.</summary>
/// <remarks>Packs share connections (a server in the clear lets them), so that what is measured is the server and not thousands of sockets on one machine.</remarks>
static class ManyPacks
{
    const int PacksOfConnection = 100, Cells = 96;
    const double WarmS = 60, LookS = 10;
    const long StartMs = 1_790_000_000_000;

    /// <param name="print">Takes the table.</param>
    /// <param name="home">The folder of the project, with the server built in Release.</param>
    /// <param name="packs">How many.</param>
    /// <param name="batchFrames">Frames of a batch: each pack sends one every so many seconds.</param>
    /// <param name="minutes">How long, after a minute to warm up.</param>
    /// <param name="address">An empty PostgreSQL database; null for the embedded store.</param>
    public static async Task<int> RunAsync(TextWriter print, string home, int packs, int batchFrames, double minutes, string? address)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-many-").FullName;
        (int port, int mqttPort) = (FreePort(), FreePort());
        string[] store = address is null ? [] : ["--store", address];
        ProcessStartInfo start = new("dotnet", [Path.Combine(home, "src", "AiBms.Server", "bin", "Release", "net10.0", "aibms-server.dll"), "serve", "--estimate", "--folder", folder, "--port", I($"{port}"), "--mqtt-port", I($"{mqttPort}"), .. store]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["AIBMS_HOME"] = home;
        using var server = Process.Start(start)!;
        try
        {
            while ((await server.StandardOutput.ReadLineAsync())?.Contains("ready", StringComparison.Ordinal) == false)
            {
                // The admin's password comes first.
            }

            print.WriteLine(I($"{(address is null ? "SQLite" : "PostgreSQL")}; {packs} packs of {Cells} cells at 1 Hz, {batchFrames} frames a batch, estimated on the server; load of the machine before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; cores: {Environment.ProcessorCount}"));
            var layout = PackFile.Parse(await File.ReadAllBytesAsync(Path.Combine(home, "packs", "ev_96s2p_immersion.json")), "ev_96s2p_immersion.json");
            Fleet fleet = new(layout, batchFrames);
            using CancellationTokenSource end = new(TimeSpan.FromSeconds(WarmS + 60 * minutes));
            Task[] senders = [.. Enumerable.Range(0, (packs + PacksOfConnection - 1) / PacksOfConnection).Select(n => Task.Run(() => fleet.SendAsync(n * PacksOfConnection, Math.Min(PacksOfConnection, packs - n * PacksOfConnection), mqttPort, end.Token)))];
            await Watch(print, server, fleet, packs, minutes);
            await end.CancelAsync();
            await Task.WhenAll(senders);
            return 0;
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Watch(TextWriter print, Process server, Fleet fleet, int packs, double minutes)
    {
        await Task.Delay(TimeSpan.FromSeconds(WarmS));
        fleet.Reset();
        var own = Process.GetCurrentProcess();
        double serverS = CpuS(server), ownS = CpuS(own);
        long since = Stopwatch.GetTimestamp();
        List<(double Hours, double Mb)> memory = [];
        while (Stopwatch.GetElapsedTime(since).TotalMinutes < minutes)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(LookS, 60 * minutes)));
            server.Refresh();
            memory.Add((Stopwatch.GetElapsedTime(since).TotalHours, server.WorkingSet64 / 1048576.0));
        }

        double tookS = Stopwatch.GetElapsedTime(since).TotalSeconds;
        (serverS, ownS) = (CpuS(server) - serverS, CpuS(own) - ownS);
        double[] answersMs = fleet.Answers();
        var (slope, bound) = Slope(memory);
        print.WriteLine(I($"{fleet.FrameCount / tookS:N0} durable frames/s of {packs} that are measured; acknowledgement {At(answersMs, 0.5):0} ms median, {At(answersMs, 0.99):0} ms 99 %; CPU: server {serverS / tookS:0.00} cores, generator {ownS / tookS:0.00} cores"));
        print.WriteLine(I($"a pack: {1e3 * serverS / tookS / packs:0.000} ms of the CPU each second, {memory[^1].Mb * 1024 / packs:0} KiB of memory; server {memory[0].Mb:0} MiB at first, {memory[^1].Mb:0} MiB at last, slope {slope:0.0} ± {bound:0.0} MiB an hour over the last two thirds of {minutes:0.#} minutes"));
    }

    /// <summary>Of a straight line through the means of ten pieces of the last two thirds, and its bound at 95 %: a collector leaves neighbours alike, means of minutes are nearly independent.</summary>
    static (double Slope, double Bound) Slope(List<(double Hours, double Mb)> memory)
    {
        const int pieces = 10;
        const double student = 2.306; // of eight degrees of freedom
        var late = memory[(memory.Count / 3)..];
        var means = Enumerable.Range(0, pieces).Select(k => late[(k * late.Count / pieces)..((k + 1) * late.Count / pieces)]).Where(p => p.Count > 0).Select(p => (Hours: p.Average(m => m.Hours), Mb: p.Average(m => m.Mb))).ToList();
        if (means.Count < pieces) return (double.NaN, double.NaN);
        double x = means.Average(m => m.Hours), y = means.Average(m => m.Mb), spread = means.Sum(m => (m.Hours - x) * (m.Hours - x));
        double slope = means.Sum(m => (m.Hours - x) * (m.Mb - y)) / spread;
        return (slope, student * Math.Sqrt(means.Sum(m => Math.Pow(m.Mb - y - slope * (m.Hours - x), 2)) / (pieces - 2) / spread));
    }

    /// <summary>All packs; each speaks at a moment of its own within the time of a batch.</summary>
    sealed class Fleet(PackLayout layout, int batchFrames)
    {
        readonly byte[][] _bodies = [.. Enumerable.Range(0, 256).Select(n => Body(n, layout))];
        readonly byte[] _card = new PackCard { Name = "bench", Layout = layout.Id, Cell = layout.Cell, SeriesCount = layout.SeriesCount, ParallelCount = layout.ParallelCount, Probes = [.. layout.Probes.Select(p => p.Id)] }.ToBytes();
        readonly Lock _lock = new();
        List<double> _answersMs = [];
        long _frames;

        public long FrameCount => Interlocked.Read(ref _frames);

        public void Reset()
        {
            lock (_lock) _answersMs = [];
            Interlocked.Exchange(ref _frames, 0);
        }

        public double[] Answers()
        {
            lock (_lock) return [.. _answersMs.Order()];
        }

        public async Task SendAsync(int first, int count, int mqttPort, CancellationToken stop)
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            await client.ConnectAsync(MqttLink.Options(new() { Host = "127.0.0.1", Port = mqttPort, Patience = TimeSpan.FromSeconds(60) }, I($"bench-{first}")), CancellationToken.None);
            await Task.WhenAll(Enumerable.Range(first, count).Select(n => PackAsync(client, I($"car-{n}"), (n % 997) / 997.0, stop)));
        }

        async Task PackAsync(IMqttClient client, string pack, double phaseFraction, CancellationToken stop)
        {
            long seq = 0, since = Stopwatch.GetTimestamp();
            for (long round = 0; ; round++)
            {
                double aheadS = (round + phaseFraction) * batchFrames - Stopwatch.GetElapsedTime(since).TotalSeconds;
                if (aheadS > 0) await Task.Delay(TimeSpan.FromSeconds(aheadS), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested) return;
                var records = new Record[batchFrames];
                for (int k = 0; k < batchFrames; k++)
                {
                    seq++;
                    records[k] = seq == 1 ? new(seq, seq, RecordKind.Card, StartMs, _card) : new(seq, seq, RecordKind.Frame, StartMs + 1000 * seq, _bodies[seq % _bodies.Length]);
                }

                long begin = Stopwatch.GetTimestamp();
                var answer = await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(Topics.Batch(pack)).WithPayload(new RecordBatch(pack, 1, records).ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), CancellationToken.None);
                if (!answer.IsSuccess) throw new InvalidOperationException(answer.ReasonString);
                Interlocked.Add(ref _frames, batchFrames);
                lock (_lock) _answersMs.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        static byte[] Body(int n, PackLayout layout)
        {
            double swing = Math.Sin(Math.Tau * n / 256);
            double[] volts = new double[Cells];
            for (int cell = 0; cell < Cells; cell++) volts[cell] = 3.7 + 0.02 * swing + 0.001 * (cell * 7 % 23);
            return new PackFrame { ProtectionCode = 2, CurrentA = 40 * swing, VoltageV = volts.Sum(), Soc = 0.5, SocDeviation = 0.01, ValidityCode = 1, HotSpotDegC = 31, HotSpotCell = 4, AmbientDegC = 20, CellVoltageV = volts, ProbeDegC = [.. layout.Probes.Select((_, k) => 28.0 + k % 4)] }.ToBytes();
        }
    }
}
