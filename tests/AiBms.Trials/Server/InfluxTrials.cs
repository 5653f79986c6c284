using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>Every frame goes out in line protocol, and Debian's InfluxDB and VictoriaMetrics have them all.</summary>
public sealed class InfluxTrials : IDisposable
{
    /// <summary>More than an answer of points ever holds, and with a rest of three days in between.</summary>
    const int Frames = 51_000, BeforeRest = 20_000, BatchFrames = 3000;

    const long StartMs = 1_790_000_000_000, RestMs = 3 * 86_400_000L;

    const string Victoria = "/usr/bin/victoria-metrics";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-influx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheyHaveEveryFrame()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/influxd"), "skipped: no influxd (Debian's package influxdb)");
        Assert.SkipUnless(File.Exists(Victoria), "skipped: no victoria-metrics (Debian's package)");
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        await using (MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(60) }, "car-1", _ => { }))
            for (int first = 1; first <= Frames; first += BatchFrames)
            {
                RecordBatch batch = new("car-1", 1, [.. Enumerable.Range(first, BatchFrames).Select(n => new Record(n, n, RecordKind.Frame, TimeMs(n), new PackFrame { CurrentA = n % 100, Soc = 0.5 }.ToBytes()))]);
                Assert.True(SendOutcome.Durable == await link.SendAsync(batch, stop), link.LastProblem);
            }

        using var client = server.Client(TimeSpan.FromMinutes(2));
        string lines = await client.GetStringAsync("api/v1/packs/car-1/history?format=influx&from=0&signals=currentA,soc,hotSpotDegC", stop);
        Assert.Equal(Frames, lines.Count(c => c == '\n'));
        string csv = await client.GetStringAsync("api/v1/packs/car-1/history?format=csv&from=0&signals=currentA", stop);
        Assert.Equal(Frames + 1, csv.Count(c => c == '\n'));
        int port = RunningServer.FreePort();
        using var influx = StartInflux(port);
        try
        {
            using HttpClient other = new() { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")), Timeout = TimeSpan.FromMinutes(2) };
            await UpAsync(other, influx, stop);
            (await other.PostAsync("query?q=" + Uri.EscapeDataString("CREATE DATABASE fleet"), null, stop)).EnsureSuccessStatusCode();
            (await other.PostAsync("write?db=fleet&precision=ms", new StringContent(lines), stop)).EnsureSuccessStatusCode();
            string answer = await other.GetStringAsync("query?db=fleet&q=" + Uri.EscapeDataString("SELECT count(currentA), sum(currentA), count(soc) FROM aibms WHERE pack = 'car-1'"), stop);
            var row = JsonDocument.Parse(answer).RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0];
            Assert.Equal(Frames, row[1].GetInt32());
            Assert.Equal(Enumerable.Range(1, Frames).Sum(n => n % 100), row[2].GetDouble(), 1.0);
            Assert.Equal(Frames, row[3].GetInt32());
        }
        finally
        {
            influx.Kill();
            await influx.WaitForExitAsync(stop);
        }

        await VictoriaHasThemAsync(lines, stop);
    }

    async Task VictoriaHasThemAsync(string lines, CancellationToken stop)
    {
        string own = "127.0.0.1:" + RunningServer.Text(RunningServer.FreePort());
        using var victoria = Process.Start(new ProcessStartInfo(Victoria, [$"-httpListenAddr={own}", "-storageDataPath=" + Path.Combine(_folder, "victoria"), "-retentionPeriod=100y", "-search.latencyOffset=0s", "-loggerLevel=ERROR"]) { UseShellExecute = false })!;
        try
        {
            using HttpClient other = new() { BaseAddress = new($"http://{own}/"), Timeout = TimeSpan.FromMinutes(2) };
            await UpAsync(other, victoria, stop);
            (await other.PostAsync("write?precision=ms", new StringContent(lines), stop)).EnsureSuccessStatusCode();
            (await other.GetAsync("internal/force_flush", stop)).EnsureSuccessStatusCode();
            // One JSON object a line, each with the values of some time of the one series.
            string answer = await other.GetStringAsync("api/v1/export?match=" + Uri.EscapeDataString("aibms_currentA{pack=\"car-1\"}"), stop);
            double[] values = [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(l => JsonDocument.Parse(l).RootElement.GetProperty("values").EnumerateArray()).Select(v => v.GetDouble())];
            Assert.Equal((Frames, Enumerable.Range(1, Frames).Sum(n => n % 100)), (values.Length, (int)values.Sum()));
        }
        finally
        {
            victoria.Kill();
            await victoria.WaitForExitAsync(stop);
        }
    }

    static long TimeMs(int n) => StartMs + 1000L * n + (n > BeforeRest ? RestMs : 0);

    static async Task UpAsync(HttpClient client, Process influx, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                (await client.GetAsync("ping", stop)).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!influx.HasExited)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    Process StartInflux(int port)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "influx")).FullName, config = Path.Combine(folder, "influxdb.conf"), rpc = RunningServer.Text(RunningServer.FreePort());
        File.WriteAllText(config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [http]
              bind-address = "127.0.0.1:{RunningServer.Text(port)}"
              log-enabled = false
              max-body-size = 0
            """);
        var process = Process.Start(new ProcessStartInfo("/usr/bin/influxd", ["-config", config]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
