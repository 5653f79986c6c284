using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using AiBms.Trials.Edge;

namespace AiBms.Trials.Server.Attacks;

/// <summary>What of the server the network sees: TLS 1.2 or 1.3, nothing in the clear, no line of a page without its session.</summary>
public sealed partial class NetworkTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The greetings below are good ones: a server that may speak TLS 1.0 and 1.1 answers each with its own.</summary>
    [Theory]
    [InlineData(1, "-tls1")]
    [InlineData(2, "-tls1_1")]
    [InlineData(3, "-tls1_2")]
    public async Task AnOldServerTakesTheGreetings(byte minor, string version)
    {
        Tools.Need("openssl", "openssl");
        string key = Path.Combine(server.Folder, "old.pem");
        using (var made = Process.Start(new ProcessStartInfo("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=old", "-keyout", key, "-out", key + ".crt"]) { UseShellExecute = false, RedirectStandardError = true })!) await made.WaitForExitAsync(Stop);
        int port = RunningServer.FreePort();
        using var old = Process.Start(new ProcessStartInfo("openssl", ["s_server", "-accept", RunningServer.Text(port), "-key", key, "-cert", key + ".crt", version, "-cipher", "ALL:@SECLEVEL=0", "-quiet"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        try
        {
            for (int k = 0; k < 200 && !await ConnectsAsync(IPAddress.Loopback, port); k++) await Task.Delay(50, Stop);
            var (count, said) = await GreetAsync(port, minor);
            Assert.Equal((7, 0x16), (count, said[0]));
        }
        finally
        {
            old.Kill();
            await old.WaitForExitAsync(Stop);
        }
    }

    /// <summary>A greeting of a client written here, since libraries no longer offer what must be refused. Answer: 22, a handshake, or 21, an alert whose second byte 70 says that the version is not taken (RFC 5246, 7.2).</summary>
    [Theory]
    [InlineData(1, 0x15)]
    [InlineData(2, 0x15)]
    [InlineData(3, 0x16)]
    public async Task NoTlsBelowTwelveIsTaken(byte minor, byte answer)
    {
        foreach (int port in (int[])[server.HttpsPort, server.MqttsPort])
        {
            var (count, said) = await GreetAsync(port, minor);
            // Some end the line without a word: that is a no as well.
            if (answer == 0x15 && count == 0) continue;
            Assert.Equal((7, answer), (count, said[0]));
            if (answer == 0x15) Assert.Equal(70, said[6]);
        }
    }

    static async Task<(int Count, byte[] Said)> GreetAsync(int port, byte minor)
    {
        using TcpClient line = new("127.0.0.1", port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Hello(minor), Stop);
        byte[] said = new byte[7];
        return (await stream.ReadAtLeastAsync(said, 7, throwOnEndOfStream: false, Stop), said);
    }

    /// <summary>The machine's other addresses: HTTPS and MQTT by TLS are there, pages in the clear are not, and MQTT in the clear nowhere.</summary>
    [Fact]
    public async Task NothingIsInTheClearToTheNetwork()
    {
        IPAddress[] own = [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a))];
        Assert.SkipWhen(own.Length == 0, "skipped: this machine has no address but loopback");
        foreach (var address in own)
        {
            Assert.False(await ConnectsAsync(address, server.Port), $"pages in the clear at {address}");
            foreach (int port in (int[])[server.HttpsPort, server.MqttsPort])
            {
                using TcpClient line = new(address.ToString(), port);
                await using SslStream tls = new(line.GetStream(), false, (_, _, _, _) => true);
                await tls.AuthenticateAsClientAsync("127.0.0.1");
                // A word in the clear is no TLS: nothing but an alert comes back.
                using TcpClient clear = new(address.ToString(), port);
                await using var stream = clear.GetStream();
                await stream.WriteAsync("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray(), Stop);
                using MemoryStream said = new();
                try
                {
                    await stream.CopyToAsync(said, Stop);
                }
                catch (IOException)
                {
                    // Cut: as good.
                }

                Assert.DoesNotContain("HTTP/1.1 2", Encoding.ASCII.GetString(said.ToArray()), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The pages' own line to the server, a WebSocket: by TLS, with the session of a page, and only so.</summary>
    [Fact]
    public async Task ThePagesLineNeedsASession()
    {
        using var browser = server.As(null);
        string guard = GuardField().Match(await browser.GetStringAsync("login", Stop)).Groups[1].Value;
        using var signedIn = await browser.PostAsync("sign-in", new FormUrlEncodedContent([new("name", "viewer"), new("secret", FleetServer.Password), new("back", "/"), new("__RequestVerificationToken", guard)]), Stop);
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-aibms=", StringComparison.Ordinal)).Split(';')[0];
        Assert.True(await OpensAsync("wss", cookie));
        Assert.False(await OpensAsync("wss", null), "without a session");
        Assert.False(await OpensAsync("wss", cookie[..^4] + "AAAA"), "with a session that is none");
        Assert.False(await OpensAsync("ws", cookie), "without TLS");
        string leaving = GuardField().Match(await browser.GetStringAsync("", Stop)).Groups[1].Value;
        await browser.PostAsync("sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", leaving)]), Stop);
        Assert.False(await OpensAsync("wss", cookie), "with a session that was ended");
    }

    async Task<bool> OpensAsync(string scheme, string? cookie)
    {
        using ClientWebSocket line = new();
        line.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (cookie is not null) line.Options.SetRequestHeader("Cookie", cookie);
        try
        {
            await line.ConnectAsync(new Uri($"{scheme}://127.0.0.1:{RunningServer.Text(server.HttpsPort)}/_blazor"), Stop);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    static async Task<bool> ConnectsAsync(IPAddress address, int port)
    {
        using TcpClient line = new(AddressFamily.InterNetwork);
        try
        {
            await line.ConnectAsync(address, port, Stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A greeting of TLS 1.minor-1 without extensions of 1.3: suites with ECDSA and RSA of all three versions, one curve.</summary>
    static byte[] Hello(byte minor)
    {
        byte[] suites = [0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x13, 0xC0, 0x2B, 0xC0, 0x2F];
        byte[] extensions = [0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, .. minor == 3 ? (byte[])[0, 13, 0, 6, 0, 4, 4, 3, 4, 1] : []];
        byte[] body = [3, minor, .. new byte[32], 0, 0, (byte)suites.Length, .. suites, 1, 0, 0, (byte)extensions.Length, .. extensions];
        return [0x16, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex GuardField();
}
