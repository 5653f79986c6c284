using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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
    const string Name = "aibms-server";

    public static void Protect(TlsOptions tls, DeviceAuthority authority)
    {
        (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
        // The selectors give the next certificate in good time.
        tls.LocalCertificate = authority.Peer;
        tls.LocalServerCertificateSelector = (_, _) => authority.Peer;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => authority.Peer;
        // Addresses of servers come and go: what counts is who signed, and for what.
        tls.RemoteCertificateValidation = (certificate, _, _) => authority.IsPeer(certificate);
        tls.OnAuthenticateAsClient = (_, asks) => asks.TargetHost = Name;
    }

    /// <summary>Shakes hands with itself: a first time takes a program long, and a server that joins has to answer the others within a second.</summary>
    public static async Task WarmAsync(DeviceAuthority authority, CancellationToken stop)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient near = new();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
        using var far = await listener.AcceptTcpClientAsync(stop);
        await using SslStream calls = new(near.GetStream()), answers = new(far.GetStream());
        bool Known(object _, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) => shown is X509Certificate2 certificate && authority.IsPeer(certificate);
        await Task.WhenAll(
            calls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Name, ClientCertificates = [authority.Peer], RemoteCertificateValidationCallback = Known }, stop),
            answers.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = authority.Peer, ClientCertificateRequired = true, RemoteCertificateValidationCallback = Known }, stop));
    }

    /// <summary>Whether this server has the authority of the cluster; the first server's is the cluster's.</summary>
    /// <exception cref="DataException">It has another.</exception>
    public static void Check(NpgsqlDataSource database, DeviceAuthority authority, string folder)
    {
        string own = DeviceNames.Fingerprint(authority.Root), known = new DatabaseText(database, "authority").Change(before => before ?? own);
        if (known != own) throw new DataException($"The authority in {Path.Combine(folder, "authority.pem")} is not the one of the cluster: copy authority.pem from the folder of one of its servers (fingerprint {known}).");
    }
}
