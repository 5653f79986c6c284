using System.Diagnostics;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Server;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>Every write and sync of the real server is recorded while a pack sends; what a power cut could leave at each moment must still hold what was acknowledged.</summary>
public sealed class PowerCutTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "car", Strace = "/usr/bin/strace";
    const byte PubAck = 0x40;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-cuts-").FullName;

    // In memory where there is such a folder: what is written there is looked at once.
    readonly string _state = Directory.CreateTempSubdirectory("aibms-cut-").FullName is var made && Directory.Exists("/dev/shm") ? Directory.CreateDirectory("/dev/shm/" + Path.GetFileName(made)).FullName : made;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task NoPowerCutTakesWhatWasAcknowledged()
    {
        var (events, batches) = await RecordAsync(25, 40);
        Assert.Null(Explore(events, batches, 600));
        // The explorer must be able to find what it looks for: a skipped sync, and an acknowledgement before the commit.
        Assert.NotNull(new CrashStates([.. events.Where(e => e is not { Kind: DiskEventKind.Sync, File: "store.db-wal" })], Look).Explore(_state, 600, 2));
        Assert.NotNull(new CrashStates(Early(events), Look).Explore(_state, 600, 2));
    }

    /// <summary>Long enough that the log is copied into the store and begun anew, several times.</summary>
    [Fact]
    [Trait("Long", "power-cuts")]
    public async Task NoPowerCutOfTenThousandTakesWhatWasAcknowledged()
    {
        var (events, batches) = await RecordAsync(400, 60);
        Assert.True(events.Count(e => e is { Kind: DiskEventKind.Sync, File: "store.db" }) >= 2, "the log was never copied into the store");
        Assert.Null(Explore(events, batches, 10_500));
    }

    string? Explore(List<DiskEvent> events, List<int> batches, int most)
    {
        CrashStates states = new(events, Look);
        string? wrong = states.Explore(_state, most, 1);
        output.WriteLine($"{events.Count(e => e.Kind == DiskEventKind.Write)} writes, {events.Count(e => e.Kind == DiskEventKind.Sync)} syncs, {batches.Sum()} records acknowledged, {states.Count} states after a power cut");
        return wrong;
    }

    static string? Look(string folder, long acknowledged)
    {
        using SqliteStore store = new(Path.Combine(folder, "store.db"));
        var stored = store.Frames(Pack, 0, long.MaxValue, int.MaxValue);
        for (int n = 0; n < stored.Count; n++) if (stored[n].Seq != n + 1) return $"record {stored[n].Seq} stands where {n + 1} belongs";
        if (stored.Count < acknowledged) return $"{acknowledged} were acknowledged, {stored.Count} are stored";
        var known = store.Packs().SingleOrDefault();
        return (known?.Seq ?? 0) == stored.Count && (known?.MissingCount ?? 0) == 0 ? null : $"{stored.Count} are stored, the checkpoint says {known?.Seq} with {known?.MissingCount} missing";
    }

    /// <summary>As a server would be that acknowledges a batch when it comes.</summary>
    static List<DiskEvent> Early(List<DiskEvent> events)
    {
        List<DiskEvent> early = [];
        int since = events.FindIndex(e => e.Kind == DiskEventKind.Promise) + 1;
        early.AddRange(events[..since]);
        for (int k = since; k < events.Count; k++)
        {
            if (events[k].Kind != DiskEventKind.Promise) continue;
            early.Add(events[k]);
            early.AddRange(events[since..k]);
            since = k + 1;
        }

        return early;
    }

    async Task<(List<DiskEvent> Events, List<int> Batches)> RecordAsync(int count, int most)
    {
        Assert.SkipUnless(File.Exists(Strace), "skipped: no strace");
        var stop = TestContext.Current.CancellationToken;
        string trace = Path.Combine(_folder, "trace.txt"), served = Path.Combine(_folder, "served");
        List<int> batches = [];
        List<DiskEvent> events = [];
        int told = 0;
        DiskTrace disk = new("store.db", (_, sent) => sent is [PubAck, ..] ? batches.Take(++told).Sum() : null);
        using (var server = await RunningServer.StartAsync(stop, "serve", "--folder", served))
        {
            using var watching = Process.Start(new ProcessStartInfo(Strace, ["-f", "-y", "-xx", "-s", "2000000", "-e", "trace=" + DiskTrace.Calls, "-o", trace, "-p", RunningServer.Text(server.ProcessId)]) { UseShellExecute = false, RedirectStandardError = true })!;
            // It says so once it has hold of all threads.
            Assert.Contains("attached", await watching.StandardError.ReadLineAsync(stop), StringComparison.Ordinal);
            // The server is idle: what is there now is on the disk.
            events.AddRange(disk.Begin(served));
            await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(30) }, Pack, _ => { });
            Random random = new(5);
            for (long seq = 0; batches.Count < count; seq += batches[^1])
            {
                batches.Add(random.Next(1, most));
                Assert.Equal(SendOutcome.Durable, await link.SendAsync(new(Pack, 1, [.. Enumerable.Range(1, batches[^1]).Select(k => Frame(seq + k))]), stop));
            }

            server.Kill();
            await watching.WaitForExitAsync(stop);
        }

        events.AddRange(disk.Read(trace, served));
        Assert.Equal(batches.Count, events.Count(e => e.Kind == DiskEventKind.Promise));
        return (events, batches);
    }

    static Record Frame(long seq) => new(seq, seq, RecordKind.Frame, 1_795_000_000_000 + 1000 * seq, new PackFrame { CurrentA = seq, CellVoltageV = [.. Enumerable.Range(0, 96).Select(k => 3.6 + 0.001 * ((k * 7 + seq) % 50))] }.ToBytes());
}
