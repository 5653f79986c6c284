using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Trials.Fuzz;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Changed bodies and changed requests on the real server's own routes: none makes it stumble, and what is refused is told why.</summary>
public sealed class MangledTrials(FleetServer server) : IClassFixture<FleetServer>
{
    const int OfRoute = 200, AtOnce = 20;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangedBodiesAreRefusedWithAReason()
    {
        using var admin = server.As("admin", server.AdminSecret);
        using var red = server.As("red");
        using var pack = server.AsPack("car-1");
        byte[] batch = new RecordBatch("car-1", 1, [new Record(1, 1, RecordKind.Frame, 1_795_000_000_000, new PackFrame { CurrentA = 1 }.ToBytes())]).ToBytes();
        using ByteArrayContent first = new(batch) { Headers = { ContentType = new MediaTypeHeaderValue(HttpLink.Cbor) } };
        // A pack that is known takes orders.
        Assert.Equal(204, (int)(await pack.PostAsync(HttpLink.PathOf("car-1"), first, Stop)).StatusCode);
        (HttpClient Who, HttpMethod Method, string Path, string Kind, byte[] Good)[] routes =
        [
            (admin, HttpMethod.Put, "api/v1/users/eve", "application/json", """{"role":"Operator","secret":"long enough 1","fleet":"red"}"""u8.ToArray()),
            (admin, HttpMethod.Put, "api/v1/rules", "application/json", """{"name":"x","signal":"ageS","isAbove":true,"threshold":60,"hysteresis":1,"holdS":10,"level":2,"advice":"a","pack":""}"""u8.ToArray()),
            (admin, HttpMethod.Put, "api/v1/devices/car-9/fleet", "application/json", """{"fleet":"red"}"""u8.ToArray()),
            (admin, HttpMethod.Post, "api/v1/devices/tokens", "application/json", """{"pack":"car-9","fleet":"red","hours":1.5}"""u8.ToArray()),
            (red, HttpMethod.Post, "api/v1/events/1/acknowledge", "application/json", """{"text":"seen"}"""u8.ToArray()),
            (red, HttpMethod.Post, "api/v1/packs/car-1/orders", "application/json", """{"mode":"Eco","isRestart":true,"fault":""}"""u8.ToArray()),
            (pack, HttpMethod.Post, "api/v1/renew", "application/json", """{"request":"-----BEGIN CERTIFICATE REQUEST-----\nMIH\n-----END CERTIFICATE REQUEST-----"}"""u8.ToArray()),
            (pack, HttpMethod.Post, HttpLink.PathOf("car-1"), HttpLink.Cbor, batch),
        ];
        Random random = new(1);
        Mutator mutator = new(random);
        foreach (var (who, method, path, kind, good) in routes)
            for (int done = 0; done < OfRoute; done += AtOnce)
                await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => AskAsync(who, method, path, kind, mutator.Mutate(good, routes[random.Next(routes.Length)].Good, 4096))).ToArray());
        Assert.DoesNotContain("Exception", server.Said, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await admin.GetAsync("api/v1/users", Stop)).StatusCode);
    }

    /// <summary>The line, the headers and the body of a request, changed anywhere.</summary>
    [Fact]
    public async Task ChangedRequestsAreRefused()
    {
        byte[] good = "POST /api/v1/packs/car-1/history?from=1&points=10&signals=soc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 8\r\nCookie: aibms=x\r\nAuthorization: Basic cmVkOng=\r\n\r\n{\"a\": 1}"u8.ToArray();
        byte[] other = "GET /_blazor?id=%2e%2e%2f HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nRange: bytes=0-\r\n\r\n5\r\nhello\r\n0\r\n\r\n"u8.ToArray();
        Random random = new(2);
        Mutator mutator = new(random);
        for (int done = 0; done < 600; done += AtOnce)
        {
            string[] said = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(k => SendAsync(mutator.Mutate(k % 2 == 0 ? good : other, k % 2 == 0 ? other : good, 4096))).ToArray());
            // 505: another version of HTTP was asked for.
            Assert.All(said, s => Assert.Matches("^(HTTP/1\\.[01] ([1-4]\\d\\d|505) |$)", s));
        }

        Assert.DoesNotContain("Exception", server.Said, StringComparison.Ordinal);
    }

    static async Task AskAsync(HttpClient who, HttpMethod method, string path, string kind, byte[] body)
    {
        while (true)
        {
            using HttpRequestMessage message = new(method, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(kind) } } };
            using var answer = await who.SendAsync(message, Stop);
            string said = await answer.Content.ReadAsStringAsync(Stop);
            if ((int)answer.StatusCode == 429)
            {
                await Task.Delay(1000, Stop);
                continue;
            }

            Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode} {said} for {Convert.ToHexString(body)}");
            if ((int)answer.StatusCode >= 400) Assert.Matches("\"detail\":\"[^\"]{10,}", said);
            return;
        }
    }

    /// <summary>The first line that comes back; empty where the line is ended without a word.</summary>
    async Task<string> SendAsync(byte[] request)
    {
        using TcpClient line = new("127.0.0.1", server.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(request, Stop);
        // No more comes: what is not a whole request yet is none.
        line.Client.Shutdown(SocketShutdown.Send);
        try
        {
            using StreamReader reader = new(stream, Encoding.ASCII);
            return await reader.ReadLineAsync(Stop) ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
