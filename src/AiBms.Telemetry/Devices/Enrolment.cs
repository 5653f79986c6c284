using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace AiBms.Telemetry.Devices;

/// <summary>Gets a pack's certificate from a server: once by a token, afterwards by the certificate that is about to end. The key never leaves the machine.</summary>
/// <param name="time">The clock that certificates are looked at by.</param>
public sealed class Enrolment(TimeProvider time)
{
    /// <summary>Paths of the server's three questions.</summary>
    public const string AuthorityPath = "/api/v1/authority", EnrolPath = "/api/v1/enrol", RenewPath = "/api/v1/renew";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Uses up a token and writes the credentials.</summary>
    /// <param name="server">The server, https://HOST:PORT/.</param>
    /// <param name="token">The secret and the fingerprint of the authority, with a dot between them.</param>
    /// <param name="folder">Where they go; made where it is not there.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="DataException">The server said no, or is not the one of the token.</exception>
    public async Task EnrolAsync(Uri server, string token, string folder, CancellationToken stop)
    {
        if (token.Split('.') is not [{ Length: > 0 }, { Length: 64 } fingerprint]) throw new DataException("The token is not whole: it is SECRET.FINGERPRINT, as the server gave it.");
        using var authority = await AuthorityAsync(server, fingerprint, stop).ConfigureAwait(false);
        using var client = Client(authority, null, time);
        await AskAsync(client, new(server, EnrolPath), token, authority, server, folder, stop).ConfigureAwait(false);
    }

    /// <summary>Gets another certificate for a new key while the present one still holds.</summary>
    /// <exception cref="DataException">The server said no.</exception>
    public async Task RenewAsync(DeviceCredentials present, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(present);
        using var client = Client(present.Authority, present.Certificate, time);
        await AskAsync(client, new(present.Server, RenewPath), null, present.Authority, present.Server, present.Folder, stop).ConfigureAwait(false);
    }

    static async Task<X509Certificate2> AuthorityAsync(Uri server, string fingerprint, CancellationToken stop)
    {
        // Nothing secret is sent here, and what comes is believed by its fingerprint alone.
#pragma warning disable CA5359 // The fingerprint of the token is the check, below.
        using SocketsHttpHandler handler = new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
#pragma warning restore CA5359
        using HttpClient client = new(handler) { Timeout = s_patience, MaxResponseContentBufferSize = 1 << 16 };
        string pem = await SayAsync(client, new(HttpMethod.Get, new Uri(server, AuthorityPath)), stop).ConfigureAwait(false);
        X509Certificate2 authority;
        try
        {
            authority = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException problem)
        {
            throw new DataException($"What {server} says is no certificate: is it the server of the token?", problem);
        }

        return CryptographicOperations.FixedTimeEquals(Convert.FromHexString(DeviceNames.Fingerprint(authority)), FromHex(fingerprint)) ? authority
            : throw new DataException($"The server {server} is not the one of the token: its authority has another fingerprint.");
    }

    static byte[] FromHex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException problem)
        {
            throw new DataException("The token's fingerprint is not hexadecimal: copy the token as the server gave it.", problem);
        }
    }

    static async Task AskAsync(HttpClient client, Uri where, string? token, X509Certificate2 authority, Uri server, string folder, CancellationToken stop)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Which pack it is, the server knows by token or certificate: what a request says of itself counts for nothing.
        string request = new CertificateRequest(DeviceNames.Subject("pack"), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (token is not null) json.WriteString("token", token);
            json.WriteString("request", request);
            json.WriteEndObject();
        }

        using HttpRequestMessage message = new(HttpMethod.Post, where) { Content = new ByteArrayContent(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        string pem = await SayAsync(client, message, stop).ConfigureAwait(false);
        Write(folder, pem, key.ExportPkcs8PrivateKeyPem(), authority, server);
    }

    static void Write(string folder, string pem, string key, X509Certificate2 authority, Uri server)
    {
        Directory.CreateDirectory(folder);
        (string Name, string Text)[] files = [(DeviceCredentials.AuthorityFile, authority.ExportCertificatePem()), (DeviceCredentials.ServerFile, server.ToString()), (DeviceCredentials.CertificateFile, pem + "\n" + key)];
        foreach (var (name, text) in files)
        {
            string fresh = Path.Combine(folder, name + ".new");
            File.Delete(fresh);
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using StreamWriter writer = new(fresh, options);
            writer.Write(text);
        }

        // Certificate and key are one file: whatever happens in between, the old pair is whole or the new one.
        foreach (var (name, _) in files) File.Move(Path.Combine(folder, name + ".new"), Path.Combine(folder, name), overwrite: true);
    }

    static HttpClient Client(X509Certificate2 authority, X509Certificate2? own, TimeProvider time)
    {
        SslClientAuthenticationOptions tls = new()
        {
            RemoteCertificateValidationCallback = (_, server, _, errors) => DeviceCredentials.Trusts(server, errors, authority, time.GetUtcNow()),
        };
        if (own is not null) tls.ClientCertificates = [own];
        return new(new SocketsHttpHandler { SslOptions = tls }, disposeHandler: true) { Timeout = s_patience, MaxResponseContentBufferSize = 1 << 16 };
    }

    static async Task<string> SayAsync(HttpClient client, HttpRequestMessage message, CancellationToken stop)
    {
        try
        {
            using var answer = await client.SendAsync(message, stop).ConfigureAwait(false);
            string text = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? text : throw new DataException($"The server says {(int)answer.StatusCode}: {Reason(text)}");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new DataException($"The server {message.RequestUri!.GetLeftPart(UriPartial.Authority)} cannot be asked ({(problem.InnerException ?? problem).Message.TrimEnd('.')}): look at its address, and whether it runs with --tls.", problem);
        }
    }

    static string Reason(string text)
    {
        try
        {
            using var problem = JsonDocument.Parse(text);
            return problem.RootElement.GetProperty("detail").GetString() ?? "";
        }
        catch (Exception none) when (none is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return text[..Math.Min(text.Length, 200)];
        }
    }
}
