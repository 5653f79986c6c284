using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AiBms.Telemetry.Devices;
using AiBms.Trials.Agent.Live;

namespace AiBms.Trials.Server.Attacks;

/// <summary>A server that listens by TLS, with packs of two fleets enrolled: car-1 of red, car-2 of blue.</summary>
public sealed class FleetServer : IAsyncLifetime
{
    public const string Password = "long enough 1";

    /// <summary>For a system that would speak TLS 1.0 with anybody: what is refused is refused by the server, not by the machine it happens to run on.</summary>
    const string OldTls = "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n";

    readonly RunningProgram _server;
    readonly string _openssl = Path.GetTempFileName();

    public FleetServer()
    {
        (Port, HttpsPort, MqttsPort) = (RunningServer.FreePort(), RunningServer.FreePort(), RunningServer.FreePort());
        _server = new("AiBms.Server", "aibms-server", "serve", "--folder", Folder, "--port", RunningServer.Text(Port), "--tls", "127.0.0.1", "--https-port", RunningServer.Text(HttpsPort), "--mqtts-port", RunningServer.Text(MqttsPort));
        File.WriteAllText(_openssl, OldTls);
        _server.Environment["OPENSSL_CONF"] = _openssl;
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("aibms-fleet-").FullName;

    /// <summary>In the clear, for the machine itself.</summary>
    public int Port { get; }

    public int HttpsPort { get; }

    public int MqttsPort { get; }

    public string AdminSecret { get; private set; } = "";

    public Uri Address => new($"https://127.0.0.1:{RunningServer.Text(HttpsPort)}/");

    /// <summary>All that the server said so far.</summary>
    public string Said
    {
        get { lock (_server.Said) return string.Join('\n', _server.Said); }
    }

    public string AuditText
    {
        get
        {
            using StreamReader reader = new(new FileStream(Path.Combine(Folder, "audit.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        _server.Start();
        await _server.SaysAsync("ready", stop);
        AdminSecret = Said.Split("'admin' with ")[1].Split(' ')[0];
        using var admin = As("admin", AdminSecret);
        foreach (var (user, role, fleet) in ((string, string, string)[])[("red", "Operator", "red"), ("blue", "Operator", "blue"), ("viewer", "Viewer", "")])
            (await admin.PutAsJsonAsync($"api/v1/users/{user}", new { role, fleet, secret = Password }, stop)).EnsureSuccessStatusCode();
        await EnrolAsync("car-1", "red", stop);
        await EnrolAsync("car-2", "blue", stop);
    }

    /// <summary>A client with name and password; null for nobody. It comes from an address of this machine, 127.0.0.1 where none is given.</summary>
    public HttpClient As(string? user, string secret = Password, string? from = null)
    {
        SocketsHttpHandler handler = new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true }, AllowAutoRedirect = false };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, stop) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        HttpClient client = new(handler) { BaseAddress = Address };
        if (user is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
        return client;
    }

    /// <summary>A client with the certificate of a pack.</summary>
    public HttpClient AsPack(string pack) => new(new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [Credentials(pack).Certificate], RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(3) };

    public async Task<string> TokenAsync(string pack, string fleet, CancellationToken stop, double hours = 1)
    {
        using var admin = As("admin", AdminSecret);
        using var answer = await admin.PostAsJsonAsync("api/v1/devices/tokens", new { pack, fleet, hours }, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("token").GetString()!;
    }

    public async Task EnrolAsync(string pack, string fleet, CancellationToken stop) =>
        await new Enrolment(TimeProvider.System).EnrolAsync(Address, await TokenAsync(pack, fleet, stop), Path.Combine(Folder, "of-" + pack), stop);

    public DeviceCredentials Credentials(string pack) => DeviceCredentials.Read(Path.Combine(Folder, "of-" + pack), TimeProvider.System);

    public async Task<int> EndAsync(CancellationToken stop) => await _server.EndAsync(stop);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        Directory.Delete(Folder, recursive: true);
        File.Delete(_openssl);
        return ValueTask.CompletedTask;
    }
}
