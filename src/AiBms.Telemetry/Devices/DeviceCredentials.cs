using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AiBms.Telemetry.Devices;

/// <summary>Who an agent is: its certificate with key, and the one authority whose server it believes. A folder that <see cref="Enrolment"/> writes.</summary>
public sealed class DeviceCredentials : IDisposable
{
    internal const string CertificateFile = "device.pem", AuthorityFile = "authority.pem", ServerFile = "server.url";

    readonly TimeProvider _time;

    DeviceCredentials(string folder, X509Certificate2 certificate, X509Certificate2 authority, Uri server, TimeProvider time) =>
        (Folder, Certificate, Authority, Server, _time) = (folder, certificate, authority, server, time);

    /// <summary>Where they lie.</summary>
    public string Folder { get; }

    /// <summary>The pack's certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The authority that the server's certificate has to come from.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Where certificates are renewed.</summary>
    public Uri Server { get; }

    /// <summary>True once less than a third of the certificate's life is left.</summary>
    public bool IsOld => Certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime < (Certificate.NotAfter - Certificate.NotBefore) / 3;

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock that certificates are looked at by.</param>
    /// <exception cref="DataException">Something of it is missing or no certificate.</exception>
    public static DeviceCredentials Read(string folder, TimeProvider time)
    {
        try
        {
            var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, AuthorityFile));
            var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(folder, CertificateFile));
            return new(folder, certificate, authority, new(File.ReadAllText(Path.Combine(folder, ServerFile)).Trim()), time);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or UriFormatException)
        {
            throw new DataException($"The credentials in {folder} cannot be used ({problem.Message.TrimEnd('.')}): make them by agent --enrol.", problem);
        }
    }

    /// <summary>True where a server's certificate is for the host that was called and comes from the authority.</summary>
    public bool Trusts(X509Certificate? server, SslPolicyErrors errors) => Trusts(server, errors, Authority, _time.GetUtcNow());

    internal static bool Trusts(X509Certificate? server, SslPolicyErrors errors, X509Certificate2 authority, DateTimeOffset now) =>
        server is not null && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
        && DeviceNames.IsOf(server as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(server.GetRawCertData()), authority, KeyUses.Server, now);

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        Authority.Dispose();
    }
}
