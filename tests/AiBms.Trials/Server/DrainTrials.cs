using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>The server is asked to end while a pack sends.</summary>
public sealed class DrainTrials : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-drain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WhatIsAcknowledgedIsStoredAndTheEndIsClean()
    {
        var stop = TestContext.Current.CancellationToken;
        long acknowledged = 0;
        using (var server = await RunningServer.StartAsync(_folder, stop))
        {
            await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(5) }, "car", _ => { });
            // Counted from the first acknowledgement: how long a server takes to start is the machine's matter.
            Assert.Equal(SendOutcome.Durable, await SendNextAsync());
            acknowledged++;
            var ending = Task.Delay(400, stop).ContinueWith(_ => server.EndAsync(stop), stop, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
            while (await SendNextAsync() == SendOutcome.Durable) acknowledged++;
            Assert.Equal(0, await ending);

            Task<SendOutcome> SendNextAsync() => link.SendAsync(new("car", 1, [new Record(acknowledged + 1, acknowledged + 1, RecordKind.Frame, acknowledged, new PackFrame { CurrentA = 1 }.ToBytes())]), stop);
        }

        using SqliteStore store = new(Path.Combine(_folder, "store.db"));
        long stored = store.Packs().Single().Seq;
        Assert.InRange(stored, acknowledged, acknowledged + 1);
        Assert.True(acknowledged > 10, "hardly anything was sent");
    }
}
