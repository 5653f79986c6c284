using System.Net;
using AiBms.Storage.Postgres;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.House;
using AiBms.Trials.Server;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Storage;

/// <summary>The disk of the database is full: in memory, of some megabytes, which needs the right to mount.</summary>
public sealed class FullDatabaseTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
{
    const int FramesOfBatch = 600;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-full-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Nothing is acknowledged while nothing can be written; what was before is there, and once there is room all that was sent is stored, each frame once.</summary>
    [Fact]
    public async Task WhatDoesNotFitIsNotAcknowledged()
    {
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.SkipUnless(Mount("-o", "size=28m,mode=0777", "aibms", disk), "skipped: no right to mount");
        try
        {
            string address = database.NewDatabase(disk: disk);
            using var server = await RunningServer.StartAsync(Stop, "serve", "--folder", Path.Combine(_folder, "served"), "--store", address);
            using var client = server.Client();
            long acknowledged = 0;
            while (await SendAsync(server, acknowledged))
            {
                acknowledged += FramesOfBatch;
                Assert.True(acknowledged < 1000 * FramesOfBatch, "the disk never was full");
            }

            Assert.True(acknowledged > 0);
            var health = await client.GetAsync("/health", Stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Contains("No space left on device", await health.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            for (int k = 0; k < 3; k++) Assert.False(await SendAsync(server, acknowledged), "was acknowledged though the disk is full");
            Compare(address, acknowledged);

            Assert.True(Mount("-o", "remount,size=256m", disk));
            for (int tries = 0; !await SendAsync(server, acknowledged); tries++) Assert.True(tries < 20, "there is room, and nothing is stored");
            Compare(address, acknowledged + FramesOfBatch);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", Stop)).StatusCode);
        }
        finally
        {
            // It has files open there.
            database.Kill();
            Clone.Run("/", "umount", "--lazy", disk);
        }
    }

    static void Compare(string address, long acknowledged)
    {
        using PostgresStore store = new(address, TimeProvider.System);
        Assert.Equal(Enumerable.Range(1, (int)acknowledged).Select(n => (long)n), store.Frames("car", 0, long.MaxValue, int.MaxValue).Select(r => r.Seq));
    }

    static bool Mount(params string[] args)
    {
        try
        {
            return Clone.Run("/", "mount", ["-t", "tmpfs", .. args]).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    static async Task<bool> SendAsync(RunningServer server, long after)
    {
        await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(20) }, "car", _ => { });
        Random random = new((int)after);
        return await link.SendAsync(new("car", 1, [.. Enumerable.Range(1, FramesOfBatch).Select(n => new Record(after + n, after + n, RecordKind.Frame, 1_795_000_000_000 + 1000L * (after + n),
            new PackFrame { CurrentA = n, CellVoltageV = [.. Enumerable.Range(0, 96).Select(_ => 3 + random.NextDouble())] }.ToBytes()))]), Stop) == SendOutcome.Durable;
    }
}
