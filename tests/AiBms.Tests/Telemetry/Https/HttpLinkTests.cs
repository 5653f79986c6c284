using System.Net;
using System.Net.Sockets;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Tests.Telemetry.Https;

public class HttpLinkTests
{
    const long Announced = 200_000_000;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A server that answers without end, or something in its place: its answer is not taken in, and the batch is kept.</summary>
    [Fact]
    public async Task AnAnswerWithoutEndIsNotTakenIn()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        var sent = AnswerAsync(listener);
        await using HttpLink link = new(new Uri($"http://{listener.LocalEndpoint}/"), "car-1", "", "", TimeSpan.FromSeconds(60));
        Assert.Equal(SendOutcome.Unreachable, await link.SendAsync(new("car-1", 1, []), Stop));
        // What lies in the sockets' buffers was sent, and nothing more.
        Assert.InRange(await sent, 0, Announced / 4);
    }

    /// <returns>Bytes that were taken before the line was cut.</returns>
    static async Task<long> AnswerAsync(TcpListener listener)
    {
        using var line = await listener.AcceptTcpClientAsync(Stop);
        await using var stream = line.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 500 No\r\nContent-Length: {Announced}\r\n\r\n"), Stop);
        byte[] piece = new byte[1 << 16];
        long sent = 0;
        try
        {
            for (; sent < Announced; sent += piece.Length) await stream.WriteAsync(piece, Stop);
        }
        catch (IOException)
        {
            // Cut, as it should be.
        }

        return sent;
    }
}
