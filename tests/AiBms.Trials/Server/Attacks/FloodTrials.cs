using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Too much, too deep, too slow: refused and named, before room is made for it.</summary>
public sealed class FloodTrials(FleetServer server) : IClassFixture<FleetServer>
{
    /// <summary>In place of a status where no answer came.</summary>
    const int Unheard = 0;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Heads of MQTT packets that announce up to 256 MB: the line is cut when the head is read.</summary>
    [Theory]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F }, "A packet of 268435455 bytes was announced")]
    [InlineData(new byte[] { 0x10, 0x80, 0x80, 0x01 }, "A packet of 16384 bytes was announced")]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "more than four bytes")]
    public async Task APacketThatIsTooLargeIsRefusedByItsHead(byte[] head, string why)
    {
        await using var tls = await OpenAsync();
        await tls.WriteAsync(head, Stop);
        Assert.Equal(0, await tls.ReadAsync(new byte[100], Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(8), Stop));
        await SaysAsync(why);
    }

    /// <summary>A byte each second is no sender: it is cut after ten seconds, though it never rests.</summary>
    [Fact]
    public async Task ASlowSenderIsCutOff()
    {
        await using var tls = await OpenAsync();
        long since = Stopwatch.GetTimestamp();
        var end = tls.ReadAsync(new byte[100], Stop).AsTask();
        byte[] connect = [0x10, 0x64, 0, 4, .. "MQTT"u8];
        try
        {
            for (int k = 0; !end.IsCompleted && k < 40; k++)
            {
                await tls.WriteAsync(connect.AsMemory(Math.Min(k, connect.Length - 1), 1), Stop);
                await Task.WhenAny(end, Task.Delay(1000, Stop));
            }

            Assert.Equal(0, await end.WaitAsync(TimeSpan.FromSeconds(1), Stop));
        }
        catch (IOException)
        {
            // Cut while writing: as good.
        }

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 5, 39);
        await SaysAsync("too slow");
    }

    [Fact]
    public async Task BodiesThatAreTooLargeOrTooDeepAreRefused()
    {
        using var red = server.As("red");
        using var pack = server.AsPack("car-1");
        Assert.Equal((413, true), await SayAsync(pack, HttpMethod.Post, HttpLink.PathOf("car-1"), new byte[3 << 20], HttpLink.Cbor, ""));
        Assert.Equal((400, true), await SayAsync(pack, HttpMethod.Post, HttpLink.PathOf("car-1"), new byte[(1 << 20) + 1], HttpLink.Cbor, "more than"));
        // Thirty thousand arrays in each other.
        Assert.Equal((400, true), await SayAsync(pack, HttpMethod.Post, HttpLink.PathOf("car-1"), [.. Enumerable.Repeat((byte)0x81, 30_000)], HttpLink.Cbor, "not"));
        string deep = "{\"text\":" + new string('[', 20_000) + new string(']', 20_000) + "}", large = "{\"text\":\"" + new string('x', 70 << 10) + "\"}";
        Assert.Equal((400, true), await SayAsync(red, HttpMethod.Post, "/api/v1/events/1/acknowledge", Encoding.UTF8.GetBytes(deep), "application/json", "cannot be read"));
        Assert.Equal((413, true), await SayAsync(red, HttpMethod.Post, "/api/v1/events/1/acknowledge", Encoding.UTF8.GetBytes(large), "application/json", "larger than 64 KiB"));
        Assert.Equal((413, true), await SayAsync(server.As(null), HttpMethod.Post, "/api/v1/enrol", Encoding.UTF8.GetBytes(large), "application/json", "larger than 64 KiB"));
    }

    /// <summary>A pack that sends far above its pace is slowed down and told so; another pack does not notice, and in the end each frame is stored once.</summary>
    [Fact]
    public async Task AFloodOfFramesSlowsDownItsOwnPackOnly()
    {
        const int batches = 28, frames = 600, atOnce = 8 << 20, aSecond = 2 << 20;
        // Large frames that cannot be packed: few of them are much.
        Random random = new(7);
        byte[] frame = new PackFrame { CurrentA = 1, CellVoltageV = [.. Enumerable.Range(0, 800).Select(_ => 2 + 2.5 * random.NextDouble())] }.ToBytes();
        byte[][] bodies = [.. Enumerable.Range(0, batches).Select(n => new RecordBatch("car-1", 1_000_000 + n, [.. Enumerable.Range(1, frames).Select(k => new Record(k, k, RecordKind.Frame, 1_795_000_000_000 + 1000L * (n * frames + k), frame))]).ToBytes())];
        Assert.All(bodies, b => Assert.InRange(b.Length, 700_000, RecordBatch.MostBytes));
        using var flooding = server.AsPack("car-1");
        using var modest = server.AsPack("car-2");
        long since = Stopwatch.GetTimestamp(), taken = 0;
        List<byte[]> left = [.. bodies];
        int refused = 0, rounds = 0;
        long stored = await StoredAsync();
        for (; left.Count > 0; rounds++)
        {
            var answers = Task.WhenAll(left.Select(b => PostAsync(flooding, "car-1", b)));
            byte[] own = new RecordBatch("car-2", 1_000_000 + rounds, [new Record(1, 1, RecordKind.Frame, 1_795_000_000_000, frame)]).ToBytes();
            int answered;
            while ((answered = (await PostAsync(modest, "car-2", own)).Status) == Unheard)
            {
                // A machine that is very busy may cut a line: it is sent again, as agents do.
            }

            Assert.Equal(204, answered);
            var told = await answers;
            Assert.All(told, a => Assert.True(a.Status is 204 or Unheard || a is (429, var why) && why.Contains("sends more than it may", StringComparison.Ordinal), $"{a.Status} {a.Said}"));
            taken += left.Where((_, k) => told[k].Status == 204).Sum(b => b.Length);
            refused += told.Count(a => a.Status == 429);
            left = [.. left.Where((_, k) => told[k].Status != 204)];
            Assert.True(taken <= atOnce + aSecond * (Stopwatch.GetElapsedTime(since).TotalSeconds + 1), $"{taken} bytes were taken");
            if (left.Count > 0) await Task.Delay(500, Stop);
        }

        // Where the machine itself is slower than the pace, nothing has to be refused: the pace was kept all the same.
        if (refused > 0) await SaysAsync("The pack car-1 sends more than it may");
        // They are counted once the live picture has taken them in, after they were acknowledged.
        for (int k = 0; k < 600 && await StoredAsync() < stored + batches * frames + rounds; k++) await Task.Delay(100, Stop);
        Assert.Equal(stored + batches * frames + rounds, await StoredAsync());

        static async Task<(int Status, string Said)> PostAsync(HttpClient client, string pack, byte[] body)
        {
            try
            {
                using ByteArrayContent content = new(body) { Headers = { ContentType = new MediaTypeHeaderValue(HttpLink.Cbor) } };
                using var answer = await client.PostAsync(HttpLink.PathOf(pack), content, Stop);
                return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
            }
            catch (HttpRequestException)
            {
                return (Unheard, "");
            }
        }
    }

    async Task<long> StoredAsync()
    {
        using var admin = server.As("admin", server.AdminSecret);
        return long.Parse((await admin.GetStringAsync("metrics", Stop)).Split('\n').Single(l => l.StartsWith("aibms_records_stored_total ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>One visitor's flood is theirs: another's question is answered meanwhile.</summary>
    [Fact]
    public async Task AFloodOfRequestsIsSlowedDown()
    {
        using var red = server.As("viewer");
        using var blue = server.As("blue");
        Assert.Equal(200, (int)(await blue.GetAsync("api/v1/me", Stop)).StatusCode);
        int refused = 0;
        for (int round = 0; round < 40 && refused == 0; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => red.GetAsync("api/v1/me", Stop)));
            refused += answers.Count(a => (int)a.StatusCode == 429);
        }

        Assert.True(refused > 0, "two thousand requests at once were all answered");
        Assert.Equal(200, (int)(await blue.GetAsync("api/v1/me", Stop)).StatusCode);
    }

    static async Task<(int Status, bool IsNamed)> SayAsync(HttpClient client, HttpMethod method, string path, byte[] body, string kind, string why)
    {
        using HttpRequestMessage message = new(method, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(kind) } } };
        using var answer = await client.SendAsync(message, Stop);
        return ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync(Stop)).Contains(why, StringComparison.Ordinal));
    }

    async Task<SslStream> OpenAsync()
    {
        using var own = server.Credentials("car-1");
        TcpClient line = new();
        await line.ConnectAsync("127.0.0.1", server.MqttsPort, Stop);
        SslStream tls = new(line.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", ClientCertificates = [own.Certificate] }, Stop);
        return tls;
    }

    /// <summary>What was refused stands in the audit log.</summary>
    async Task SaysAsync(string why)
    {
        for (int k = 0; k < 100 && !server.AuditText.Contains(why, StringComparison.Ordinal); k++) await Task.Delay(50, Stop);
        Assert.Contains(why, server.AuditText, StringComparison.Ordinal);
    }
}
