using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Storage;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Cluster;

/// <summary>Two servers that face the network as one cluster: whom one turns out the other turns out, and their own line is closed to strangers.</summary>
public sealed partial class ClusterBooksTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-two-").FullName;
    readonly List<RunningProgram> _servers = [];
    string _secret = "";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var server in _servers) server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    [Fact]
    public async Task WhomOneServerTurnsOutTheOtherTurnsOut()
    {
        string address = database.NewDatabase();
        var one = await StartAsync("one", address);
        File.Copy(Path.Combine(FolderOf("one"), "authority.pem"), Path.Combine(FolderOf("other"), "authority.pem"));
        var other = await StartAsync("other", address);

        // A user of the one signs in at the other, until the one removes them.
        using HttpClient atOne = As(one, "admin", _secret), eve = As(other, "eve", "long enough 1");
        (await atOne.PutAsJsonAsync("api/v1/users/eve", new { role = "Viewer", secret = "long enough 1" }, Stop)).EnsureSuccessStatusCode();
        Assert.Equal(200, await StatusAsync(eve));
        (await atOne.DeleteAsync("api/v1/users/eve", Stop)).EnsureSuccessStatusCode();
        for (long since = Environment.TickCount64; await StatusAsync(eve) != 401;) Assert.True(Environment.TickCount64 - since < s_patience.TotalMilliseconds, "who was removed is still let in");

        // A pack that the one enrolled sends to the other, until the one takes its certificate back.
        using var token = await atOne.PostAsJsonAsync("api/v1/devices/tokens", new { pack = "car-1", fleet = "red" }, Stop);
        string secret = (await token.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString()!;
        await new Enrolment(TimeProvider.System).EnrolAsync(one.Address, secret, FolderOf("car-1"), Stop);
        using var own = DeviceCredentials.Read(FolderOf("car-1"), TimeProvider.System);
        await using MqttLink line = new(new() { Host = "127.0.0.1", Port = other.MqttsPort, IsTls = true, Credentials = own, Patience = s_patience }, "car-1", _ => { });
        Assert.True(await line.SendAsync(Batch(1), Stop) == SendOutcome.Durable, line.LastProblem);
        (await atOne.DeleteAsync("api/v1/devices/certificates/" + own.Certificate.SerialNumber, Stop)).EnsureSuccessStatusCode();
        long seq = 2;
        for (long since = Environment.TickCount64; await line.SendAsync(Batch(seq), Stop) == SendOutcome.Durable; seq++) Assert.True(Environment.TickCount64 - since < s_patience.TotalMilliseconds, "a certificate that was taken back still writes");
        await using MqttLink anew = new(new() { Host = "127.0.0.1", Port = other.MqttsPort, IsTls = true, Credentials = own, Patience = s_patience }, "car-1", _ => { });
        Assert.NotEqual(SendOutcome.Durable, await anew.SendAsync(Batch(seq), Stop));

        await StrangersAsync(one, own);
        await AnotherAuthorityAsync(address);

        // One log of both, and whole.
        var log = await atOne.GetFromJsonAsync<JsonElement>("api/v1/audit?most=1000", Stop);
        Assert.Equal(2, log.EnumerateArray().Count(e => e.GetProperty("what").GetString() == "started"));
        using RunningProgram verify = new("AiBms.Server", "aibms-server", "audit", "verify", "--store", address, "--folder", FolderOf("other"));
        verify.Start();
        Assert.Equal(0, await verify.WaitAsync(Stop));
    }

    /// <summary>Signed in on one server, that falls: the other knows the session, and ends it for good.</summary>
    [Fact]
    public async Task ASessionOutlivesItsServer()
    {
        string address = database.NewDatabase();
        var one = await StartAsync("one", address);
        File.Copy(Path.Combine(FolderOf("one"), "authority.pem"), Path.Combine(FolderOf("other"), "authority.pem"));
        var other = await StartAsync("other", address);
        Assert.False(Directory.Exists(Path.Combine(FolderOf("one"), "keys")), "keys of sessions lie in the folder of one server");
        using HttpClient browser = new(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true }, AllowAutoRedirect = false, UseCookies = false });
        var (cookies, _) = await PageAsync(browser, one, "login", "");
        using HttpRequestMessage form = new(HttpMethod.Post, new Uri(one.Address, "sign-in"))
        {
            Content = new FormUrlEncodedContent([new("name", "admin"), new("secret", _secret), new("back", "/"), new("__RequestVerificationToken", cookies.Guard)]),
        };
        form.Headers.Add("Cookie", cookies.Text);
        using var signedIn = await browser.SendAsync(form, Stop);
        string session = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-aibms=", StringComparison.Ordinal)).Split(';')[0];
        // What seals cookies lies in the database, and whoever reads it there reads nothing.
        await using (var source = Npgsql.NpgsqlDataSource.Create(address))
        {
            await using var keys = source.CreateCommand("SELECT string_agg(body, '') FROM keys");
            string kept = (string)(await keys.ExecuteScalarAsync(Stop))!;
            Assert.Contains("<sealed", kept, StringComparison.Ordinal);
            Assert.DoesNotContain("masterKey", kept, StringComparison.Ordinal);
        }

        _servers[0].Kill();
        var (onPage, status) = await PageAsync(browser, other, "", session);
        Assert.Equal(200, status);

        // The form of signing out is on the page of the other.
        using HttpRequestMessage end = new(HttpMethod.Post, new Uri(other.Address, "sign-out")) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", onPage.Guard)]) };
        end.Headers.Add("Cookie", $"{session}; {onPage.Text}");
        using var ended = await browser.SendAsync(end, Stop);
        // A copy of the cookie, here and on the server that comes back.
        Assert.Equal(302, (await PageAsync(browser, other, "", session)).Status);
        var back = await StartAsync("one", address);
        Assert.Equal(302, (await PageAsync(browser, back, "", session)).Status);
    }

    /// <summary>Packs fall silent, and at the same moment the server that they sent to falls: the other says of each that it is silent; and so does one that is started after all fell.</summary>
    [Fact]
    public async Task SilenceIsToldThoughItsServerFell()
    {
        string address = database.NewDatabase();
        var one = await StartAsync("one", address);
        File.Copy(Path.Combine(FolderOf("one"), "authority.pem"), Path.Combine(FolderOf("other"), "authority.pem"));
        var other = await StartAsync("other", address);
        string[] packs = ["car-1", "car-2", "car-3", "car-4"];
        using HttpClient atOne = As(one, "admin", _secret);
        (await atOne.PutAsJsonAsync("api/v1/rules", new { name = "Quiet", signal = "ageS", isAbove = true, threshold = 8, hysteresis = 1, holdS = 1 }, Stop)).EnsureSuccessStatusCode();
        foreach (string pack in packs)
        {
            using var token = await atOne.PostAsJsonAsync("api/v1/devices/tokens", new { pack }, Stop);
            string secret = (await token.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString()!;
            await new Enrolment(TimeProvider.System).EnrolAsync(one.Address, secret, FolderOf(pack), Stop);
        }

        await SendAsync(one, packs, 1);
        _servers[0].Kill();
        await QuietAsync(other, packs, 1);
        await SendAsync(other, packs, 2);
        await QuietAsync(other, packs, 1, areOver: true);
        foreach (var server in _servers) server.Kill();
        await QuietAsync(await StartAsync("one", address), packs, 2);
    }

    async Task SendAsync(Running server, string[] packs, long seq)
    {
        foreach (string pack in packs)
        {
            using var own = DeviceCredentials.Read(FolderOf(pack), TimeProvider.System);
            await using MqttLink line = new(new() { Host = "127.0.0.1", Port = server.MqttsPort, IsTls = true, Credentials = own, Patience = s_patience }, pack, _ => { });
            for (long since = Environment.TickCount64; await line.SendAsync(Batch(seq, pack), Stop) != SendOutcome.Durable;) Assert.True(Environment.TickCount64 - since < s_patience.TotalMilliseconds, line.LastProblem);
        }
    }

    /// <summary>Waits until each pack was told as silent so many times, and, where that is asked, speaks again.</summary>
    async Task QuietAsync(Running server, string[] packs, int times, bool areOver = false)
    {
        using HttpClient client = As(server, "admin", _secret);
        for (long since = Environment.TickCount64; ; await Task.Delay(200, Stop))
        {
            var events = await client.GetFromJsonAsync<JsonElement>("api/v1/events?open=false", Stop);
            string[] told = [.. events.EnumerateArray().Where(e => e.ToString().Contains("Quiet", StringComparison.Ordinal) && (!areOver || e.GetProperty("clearedMs").ValueKind == JsonValueKind.Number)).Select(e => e.GetProperty("pack").GetString()!)];
            if (packs.All(pack => told.Count(t => t == pack) == times)) return;
            Assert.True(Environment.TickCount64 - since < 3 * s_patience.TotalMilliseconds, $"of {string.Join(", ", packs)} only these were told as silent: {string.Join(", ", told)}");
        }
    }

    static async Task<((string Text, string Guard) Cookies, int Status)> PageAsync(HttpClient browser, Running server, string path, string cookie)
    {
        using HttpRequestMessage ask = new(HttpMethod.Get, new Uri(server.Address, path));
        if (cookie.Length > 0) ask.Headers.Add("Cookie", cookie);
        using var page = await browser.SendAsync(ask, Stop);
        string[] set = page.Headers.TryGetValues("Set-Cookie", out var all) ? [.. all.Select(c => c.Split(';')[0])] : [];
        return ((string.Join("; ", set), GuardField().Match(await page.Content.ReadAsStringAsync(Stop)).Groups[1].Value), (int)page.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex GuardField();

    /// <summary>The servers' own port: nobody without a certificate, and no pack with its own, comes further than the handshake.</summary>
    static async Task StrangersAsync(Running server, DeviceCredentials pack)
    {
        foreach (var shown in (X509Certificate2?[])[null, pack.Certificate])
        {
            using TcpClient line = new();
            await line.ConnectAsync("127.0.0.1", server.ClusterPort, Stop);
            await using SslStream tls = new(line.GetStream(), false, (_, _, _, _) => true);
            // TLS 1.3 says no with the first bytes after the handshake.
            int read = -1;
            try
            {
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "aibms-server", ClientCertificates = shown is null ? [] : [shown] }, Stop);
                await tls.WriteAsync(new byte[64], Stop);
                read = await tls.ReadAsync(new byte[64], Stop).AsTask().WaitAsync(s_patience, Stop);
            }
            catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
            {
                read = 0;
            }

            Assert.Equal(0, read);
        }

        using TcpClient plain = new();
        await plain.ConnectAsync("127.0.0.1", server.ClusterPort, Stop);
        await plain.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), Stop);
        int answered = 0;
        try
        {
            byte[] said = new byte[64];
            for (int count; (count = await plain.GetStream().ReadAsync(said, Stop).AsTask().WaitAsync(s_patience, Stop)) > 0;) answered += count;
        }
        catch (IOException)
        {
            // Reset: as good.
        }

        // An alert of TLS at most.
        Assert.InRange(answered, 0, 7);
    }

    /// <summary>Whoever has the database but not the authority is no server of the cluster.</summary>
    async Task AnotherAuthorityAsync(string address)
    {
        var (code, error) = await RunningServer.RunAsync(Stop, "serve", "--folder", FolderOf("stranger"), "--store", address, "--cluster", "127.0.0.1:" + RunningServer.Text(RunningServer.FreePort()),
            "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()));
        Assert.Equal(3, code);
        Assert.Contains("is not the one of the cluster: copy authority.pem", error, StringComparison.Ordinal);
    }

    async Task<Running> StartAsync(string name, string address)
    {
        Running running = new(RunningServer.FreePort(), RunningServer.FreePort(), RunningServer.FreePort());
        RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", FolderOf(name), "--store", address, "--cluster", "127.0.0.1:" + RunningServer.Text(running.ClusterPort), "--port", RunningServer.Text(RunningServer.FreePort()),
            "--tls", "127.0.0.1", "--https-port", RunningServer.Text(running.HttpsPort), "--mqtts-port", RunningServer.Text(running.MqttsPort));
        _servers.Add(server);
        server.Start();
        await server.SaysAsync("ready", Stop);
        lock (server.Said)
            if (server.Said.Select(l => l.Split("'admin' with ")).FirstOrDefault(p => p.Length == 2) is { } told) _secret = told[1].Split(' ')[0];
        return running;
    }

    static HttpClient As(Running server, string user, string secret)
    {
        HttpClient client = new(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
        return client;
    }

    static async Task<int> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("api/v1/me", Stop);
        return (int)answer.StatusCode;
    }

    static RecordBatch Batch(long seq, string pack = "car-1") => new(pack, 1, [new Record(seq, seq, RecordKind.Frame, 1_795_000_000_000 + seq, new PackFrame { CurrentA = seq }.ToBytes())]);

    sealed record Running(int HttpsPort, int MqttsPort, int ClusterPort)
    {
        public Uri Address => new($"https://127.0.0.1:{RunningServer.Text(HttpsPort)}/");
    }
}
