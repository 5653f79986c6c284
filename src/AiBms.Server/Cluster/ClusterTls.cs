using AiBms.Server.Books;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;
using Npgsql;
using Orleans.Connections.Security;

namespace AiBms.Server.Cluster;

/// <summary>The line between servers: TLS, and each shows a certificate of the authority that all of them have.</summary>
static class ClusterTls
{
    public static void Protect(TlsOptions tls, DeviceAuthority authority)
    {
        (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
        // The selectors give the next certificate in good time.
        tls.LocalCertificate = authority.Peer;
        tls.LocalServerCertificateSelector = (_, _) => authority.Peer;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => authority.Peer;
        // Addresses of servers come and go: what counts is who signed, and for what.
        tls.RemoteCertificateValidation = (certificate, _, _) => authority.IsPeer(certificate);
        tls.OnAuthenticateAsClient = (_, asks) => asks.TargetHost = "aibms-server";
    }

    /// <summary>Whether this server has the authority of the cluster; the first server's is the cluster's.</summary>
    /// <exception cref="DataException">It has another.</exception>
    public static void Check(NpgsqlDataSource database, DeviceAuthority authority, string folder)
    {
        string own = DeviceNames.Fingerprint(authority.Root), known = new DatabaseText(database, "authority").Change(before => before ?? own);
        if (known != own) throw new DataException($"The authority in {Path.Combine(folder, "authority.pem")} is not the one of the cluster: copy authority.pem from the folder of one of its servers (fingerprint {known}).");
    }
}
