using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Senders by HTTPS that never rest and never end: each is cut off, and nobody else notices.</summary>
public sealed class SlowTrials(FleetServer server) : IClassFixture<FleetServer>
{
    const int AtOnce = 40;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A byte of a head each second: cut after fifteen.</summary>
    [Fact]
    public async Task SlowHeadsAreCutOff()
    {
        var (said, tookS) = await CutAsync("GET /alive HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
        Assert.All(said, s => Assert.StartsWith("HTTP/1.1 408 ", s, StringComparison.Ordinal));
        Assert.InRange(tookS, 10, 45);
    }

    /// <summary>A byte of a body each second, of sixty thousand that were announced: cut after some seconds, with a sentence, and written down.</summary>
    [Fact]
    public async Task SlowBodiesAreCutOff()
    {
        var (said, tookS) = await CutAsync("POST /api/v1/enrol HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
        Assert.All(said, s => Assert.StartsWith("HTTP/1.1 408 ", s, StringComparison.Ordinal));
        Assert.All(said, s => Assert.Contains("The body came too slowly: send it at once.", s, StringComparison.Ordinal));
        Assert.InRange(tookS, 3, 30);
        Assert.Contains("\"about\":\"/api/v1/enrol\",\"detail\":\"The body came too slowly", server.AuditText, StringComparison.Ordinal);
    }

    /// <summary>Who does not even greet.</summary>
    [Fact]
    public async Task WhoSaysNothingIsCutOff()
    {
        using TcpClient line = new("127.0.0.1", server.HttpsPort);
        long since = Stopwatch.GetTimestamp();
        Assert.Equal(0, await line.GetStream().ReadAsync(new byte[1], Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 5, 30);
    }

    /// <summary>So many at once send this and then a byte each second, until they are cut off; meanwhile somebody else is answered.</summary>
    async Task<(string[] Said, double TookS)> CutAsync(string begin)
    {
        long since = Stopwatch.GetTimestamp();
        var all = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAsync(begin)));
        using var other = server.As(null, from: "127.0.0.21");
        int answered = 0;
        while (!all.IsCompleted)
        {
            Assert.Equal(200, (int)(await other.GetAsync("alive", Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop)).StatusCode);
            answered++;
            await Task.WhenAny(all, Task.Delay(500, Stop));
        }

        Assert.True(answered > 3, $"{answered} others were answered");
        return (await all, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    async Task<string> SendAsync(string begin)
    {
        using TcpClient line = new();
        await line.ConnectAsync("127.0.0.1", server.HttpsPort, Stop);
        await using SslStream tls = new(line.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        await tls.WriteAsync(Encoding.ASCII.GetBytes(begin), Stop);
        using StreamReader reader = new(tls);
        var end = reader.ReadToEndAsync(Stop);
        for (int k = 0; !end.IsCompleted && k < 60; k++)
        {
            try
            {
                await tls.WriteAsync("x"u8.ToArray(), Stop);
            }
            catch (IOException)
            {
                // Cut while writing: what it said before is still read.
                break;
            }

            await Task.WhenAny(end, Task.Delay(1000, Stop));
        }

        return await end.WaitAsync(TimeSpan.FromSeconds(5), Stop);
    }
}
