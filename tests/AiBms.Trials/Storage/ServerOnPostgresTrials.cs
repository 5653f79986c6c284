using System.Net;
using AiBms.Storage.Postgres;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Server;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Storage;

/// <summary>The running server with its history in PostgreSQL: the database may go and come back.</summary>
public sealed class ServerOnPostgresTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-fleet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheServerOutlivesItsDatabaseAndLosesNothing()
    {
        var stop = TestContext.Current.CancellationToken;
        string address = database.NewDatabase();
        using var server = await RunningServer.StartAsync(stop, "serve", "--folder", _folder, "--store", address);
        using var client = server.Client();
        long acknowledged = 0;
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(SendOutcome.Durable, await SendAsync(5));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", stop)).StatusCode);
            database.Kill();
            Assert.NotEqual(SendOutcome.Durable, await SendAsync(1));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health", stop)).StatusCode);
            Assert.Equal("alive", await client.GetStringAsync("/alive", stop));
            var refused = await client.GetAsync("/api/v1/packs/car/span", stop);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            // Neither where it went wrong nor what the database says of itself.
            Assert.Contains("The store cannot be used now: try again, /health says more.", await refused.Content.ReadAsStringAsync(stop), StringComparison.Ordinal);
            database.Start();
            // Connections that were held are broken: the sender comes again, as agents do.
            for (int tries = 0; tries < 20 && await SendAsync(1) != SendOutcome.Durable; tries++) await Task.Delay(100, stop);
        }

        using PostgresStore store = new(address, TimeProvider.System);
        var stored = store.Frames("car", 0, long.MaxValue, int.MaxValue).Select(r => r.Seq).ToArray();
        Assert.Equal(Enumerable.Range(1, stored.Length).Select(k => (long)k), stored);
        Assert.True(stored.Length >= acknowledged && acknowledged >= 18, $"{acknowledged} were acknowledged, {stored.Length} are stored");

        async Task<SendOutcome> SendAsync(int count)
        {
            await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = TimeSpan.FromSeconds(10) }, "car", _ => { });
            var outcome = await link.SendAsync(new("car", 1, [.. Enumerable.Range(1, count).Select(k => Frame(acknowledged + k))]), stop);
            if (outcome == SendOutcome.Durable) acknowledged += count;
            return outcome;
        }
    }

    [Fact]
    public async Task ADatabaseThatIsNotThereIsOneSentence()
    {
        var (code, error) = await RunningServer.RunAsync(TestContext.Current.CancellationToken, "serve", "--folder", _folder, "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()), "--store", "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=2");
        Assert.Equal(3, code);
        Assert.StartsWith("aibms: The PostgreSQL store cannot be opened", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    static Record Frame(long seq) => new(seq, seq, RecordKind.Frame, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), new PackFrame { CurrentA = seq }.ToBytes());
}
