using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Storage;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Cluster;

/// <summary>Two servers that face the network as one cluster: whom one turns out the other turns out, and their own line is closed to strangers.</summary>
public sealed class ClusterBooksTrials(PostgresServer database) : IClassFixture<PostgresServer>, IDisposable
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

    static RecordBatch Batch(long seq) => new("car-1", 1, [new Record(seq, seq, RecordKind.Frame, 1_795_000_000_000 + seq, new PackFrame { CurrentA = seq }.ToBytes())]);

    sealed record Running(int HttpsPort, int MqttsPort, int ClusterPort)
    {
        public Uri Address => new($"https://127.0.0.1:{RunningServer.Text(HttpsPort)}/");
    }
}
