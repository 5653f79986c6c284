using System.Diagnostics;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.House;
using AiBms.Trials.Server;

namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>The same for the agent's journal: whatever a power cut leaves, a number that was sent is never given to another record, and nothing between is lost.</summary>
public sealed class JournalCutTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "car", Strace = "/usr/bin/strace";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-cuts-").FullName;
    readonly string _state = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "aibms-cut-" + Path.GetRandomFileName())).FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task NoPowerCutTakesWhatWasSent()
    {
        var events = await RecordAsync(60);
        Assert.Null(Explore(events, 600));
        // A skipped sync, and a batch that goes before its records are in the journal.
        Assert.NotNull(new CrashStates([.. events.Where(e => e is not { Kind: DiskEventKind.Sync, File: "journal.db-wal" })], Look).Explore(_state, 600, 2));
        Assert.NotNull(new CrashStates([.. events.Select((e, k) => (Event: e, At: e.Kind == DiskEventKind.Promise ? k - 30.5 : k)).OrderBy(e => e.At).Select(e => e.Event)], Look).Explore(_state, 600, 2));
    }

    [Fact]
    [Trait("Long", "power-cuts")]
    public async Task NoPowerCutOfTenThousandTakesWhatWasSent()
    {
        var events = await RecordAsync(1200);
        Assert.Null(Explore(events, 10_500));
    }

    string? Explore(List<DiskEvent> events, int most)
    {
        CrashStates states = new(events, Look);
        string? wrong = states.Explore(_state, most, 1);
        output.WriteLine($"journal: {events.Count(e => e.Kind == DiskEventKind.Write)} writes, {events.Count(e => e.Kind == DiskEventKind.Sync)} syncs, {events.Max(e => e.Kind == DiskEventKind.Promise ? e.Offset : 0)} records sent, {states.Count} states after a power cut");
        return wrong;
    }

    static string? Look(string folder, long sent)
    {
        using PackJournal journal = new(new() { Path = Path.Combine(folder, "journal.db") }, TimeProvider.System, commitsItself: false);
        var waiting = journal.Waiting(Pack, 0, int.MaxValue);
        for (int k = 1; k < waiting.Count; k++) if (waiting[k].Seq != waiting[k - 1].SeqEnd + 1) return $"record {waiting[k].Seq} comes after {waiting[k - 1].SeqEnd}";
        long next = journal.Append(Pack, RecordKind.Frame, 1, new PackFrame().ToBytes());
        if (next <= sent) return $"{sent} were sent, the next record would have number {next}";
        return waiting.Count == 0 || waiting[^1].SeqEnd == next - 1 ? null : $"the last record that waits is {waiting[^1].SeqEnd}, the next has number {next}";
    }

    /// <summary>The agent's program under strace, until it has sent so many records.</summary>
    async Task<List<DiskEvent>> RecordAsync(long records)
    {
        Assert.SkipUnless(File.Exists(Strace), "skipped: no strace");
        var stop = TestContext.Current.CancellationToken;
        string gateway = Directory.CreateDirectory(Path.Combine(_folder, "gateway")).FullName, trace = Path.Combine(_folder, "trace.txt"), config = Path.Combine(gateway, "agent.json");
        using var server = await RunningServer.StartAsync(Path.Combine(_folder, "served"), stop);
        await File.WriteAllTextAsync(config, $$"""
            { "pack": { "id": "{{Pack}}", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator", "speedFactor": 20 }, "journal": { "path": "journal.db" },
              "server": { "url": "mqtt://127.0.0.1:{{RunningServer.Text(server.MqttPort)}}" }, "checkpointS": 1 }
            """, stop);
        using var client = server.Client();
        // Made before: a file that is being made has a journal of its own, which is SQLite's to see to.
        using (RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config))
        {
            agent.Start();
            await StoredAsync(1);
        }

        Sent sent = new();
        DiskTrace disk = new("journal.db", sent.Take);
        var events = disk.Begin(gateway);
        string program = Path.Combine(Clone.Root, "src", "AiBms.Edge", "bin", "Release", "net10.0", "aibms-edge.dll");
        ProcessStartInfo start = new(Strace, ["-f", "-y", "-xx", "-s", "2000000", "-e", "trace=" + DiskTrace.Calls, "-o", trace, "dotnet", program, "--config", config]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AIBMS_HOME"] = Clone.Root;
        using (var traced = Process.Start(start)!)
        {
            traced.OutputDataReceived += (_, _) => { };
            traced.ErrorDataReceived += (_, _) => { };
            traced.BeginOutputReadLine();
            traced.BeginErrorReadLine();
            await StoredAsync(records);
            traced.Kill(entireProcessTree: true);
            await traced.WaitForExitAsync(stop);
        }

        events.AddRange(disk.Read(trace, gateway));
        Assert.True(sent.Batches > 3, $"{sent.Batches} batches were found in the trace");
        return events;

        async Task StoredAsync(long count)
        {
            while (!(await client.GetStringAsync("metrics", stop)).Split('\n').Any(l => l.StartsWith("aibms_records_stored_total ", StringComparison.Ordinal) && long.Parse(l.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) >= count)) await Task.Delay(100, stop);
        }
    }

    /// <summary>Puts together again what an agent sent, and finds its batches (MQTT 5, 3.3: PUBLISH).</summary>
    sealed class Sent
    {
        const int Publish = 3;

        readonly Dictionary<string, List<byte>> _lines = [];

        public int Batches { get; private set; }

        public long? Take(string line, byte[] bytes)
        {
            if (!_lines.TryGetValue(line, out var waiting)) _lines[line] = waiting = [];
            waiting.AddRange(bytes);
            long? last = null;
            while (Length(waiting, 1, out int body) is { } length && waiting.Count >= body + length)
            {
                byte[] packet = [.. waiting[..(body + length)]];
                waiting.RemoveRange(0, packet.Length);
                if (packet[0] >> 4 != Publish) continue;
                int properties = body + 2 + (packet[body] << 8 | packet[body + 1]) + 2;
                int payload = Length([.. packet], properties, out int after)!.Value + after;
                last = RecordBatch.Of(packet.AsMemory(payload)).Records[^1].SeqEnd;
                Batches++;
            }

            return last;
        }

        /// <summary>A length of one to four bytes, seven bits each.</summary>
        static int? Length(List<byte> bytes, int at, out int after)
        {
            int length = 0;
            for (after = at; after < bytes.Count && after < at + 4;)
            {
                length |= (bytes[after] & 127) << (7 * (after - at));
                if (bytes[after++] < 128) return length;
            }

            return null;
        }
    }
}
