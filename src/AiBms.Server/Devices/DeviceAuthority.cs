using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;

namespace AiBms.Server.Devices;

/// <summary>The server's own small authority: it signs packs' certificates and the server's, and is the only one whose packs are let in.</summary>
/// <remarks>Its key lies in the data folder, readable by the server's user alone: whoever has it can make a certificate, but none that <see cref="DeviceBook"/> knows.</remarks>
sealed class DeviceAuthority : IDisposable
{
    /// <summary>How long certificates hold.</summary>
    public static readonly TimeSpan OfDevices = TimeSpan.FromDays(90), OfServer = TimeSpan.FromDays(75);

    const int RootYears = 20, SerialBytes = 16, MostRequestChars = 4096;

    static readonly TimeSpan s_slow = TimeSpan.FromMinutes(5);

    readonly string _serverName;
    readonly TimeProvider _time;
    readonly X509Certificate2 _signer;
    readonly Lock _lock = new();
    X509Certificate2? _server, _peer;

    /// <param name="folder">The server's data folder.</param>
    /// <param name="serverName">Name or address that agents and browsers call.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The files cannot be used.</exception>
    public DeviceAuthority(string folder, string serverName, TimeProvider time)
    {
        (_serverName, _time) = (serverName, time);
        string path = Path.Combine(folder, "authority.pem");
        try
        {
            if (!File.Exists(path)) Make(path);
            string pem = File.ReadAllText(path);
            _signer = X509Certificate2.CreateFromPem(pem, pem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new DataException($"The authority {path} cannot be used ({problem.Message.TrimEnd('.')}): put its backup in place, or move it away and enrol every pack again.", problem);
        }

        Root = X509CertificateLoader.LoadCertificate(_signer.RawData);
    }

    /// <summary>The authority's certificate, without its key.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>The server's certificate with its key; another one in good time before it ends.</summary>
    public X509Certificate2 Server
    {
        get
        {
            lock (_lock) return IsFresh(_server) ? _server! : _server = MakeServer(KeyUses.Server);
        }
    }

    /// <summary>What this server shows the other servers of a cluster, when it calls them and when they call it.</summary>
    public X509Certificate2 Peer
    {
        get
        {
            lock (_lock) return IsFresh(_peer) ? _peer! : _peer = MakeServer(KeyUses.Server, KeyUses.Client);
        }
    }

    /// <summary>True for a server of the same authority: no pack's certificate is for both uses, and none that browsers see.</summary>
    public bool IsPeer(X509Certificate2 certificate) => DeviceNames.IsOf(certificate, Root, KeyUses.Server, _time.GetUtcNow()) && DeviceNames.IsOf(certificate, Root, KeyUses.Client, _time.GetUtcNow());

    bool IsFresh(X509Certificate2? certificate) => certificate is not null && certificate.NotAfter.ToUniversalTime() - _time.GetUtcNow().UtcDateTime >= OfServer / 3;

    /// <summary>Signs the key of a request; of what else the request says nothing is taken over.</summary>
    /// <exception cref="DataException">It is no request, or its key is not of the kind that is taken.</exception>
    public X509Certificate2 Issue(string requestPem, string pack)
    {
        if (requestPem is not { Length: > 0 and <= MostRequestChars }) throw new DataException($"Send 'request': a certificate request (PKCS #10, PEM) of at most {MostRequestChars} characters.");
        PublicKey key;
        try
        {
            // The request is signed by its own key: loading checks that whoever sends it has the key.
            key = CertificateRequest.LoadSigningRequestPem(requestPem, HashAlgorithmName.SHA256).PublicKey;
            using var point = key.GetECDsaPublicKey();
            // By its name: others of 256 bits, and curves that a request spells out itself, are not taken.
            if (point?.ExportParameters(false).Curve is not { IsNamed: true } curve || curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value) throw new DataException("The key of the request is not of the curve P-256: make such a one.");
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw new DataException($"'request' is no certificate request that can be used: {problem.Message}", problem);
        }

        CertificateRequest request = new(DeviceNames.Subject(pack), key, HashAlgorithmName.SHA256);
        Limit(request, KeyUses.Client);
        return Sign(request, OfDevices);
    }

    /// <summary>A secret of 32 bytes that every server with this authority has, another one for each purpose.</summary>
    public byte[] SecretFor(string purpose)
    {
        using var key = _signer.GetECDsaPrivateKey()!;
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ExportParameters(includePrivateParameters: true).D!, 32, info: System.Text.Encoding.UTF8.GetBytes(purpose));
    }

    void Limit(CertificateRequest request, params string[] uses)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses.Select(use => new Oid(use))], true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_signer, true, false));
    }

    X509Certificate2 Sign(CertificateRequest request, TimeSpan length)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        var now = _time.GetUtcNow();
        using var key = _signer.GetECDsaPrivateKey()!;
        // A device whose clock is a little behind is not turned away.
        return request.Create(_signer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - s_slow, now + length, serial);
    }

    X509Certificate2 MakeServer(params string[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(DeviceNames.Subject("aibms-server"), key, HashAlgorithmName.SHA256);
        Limit(request, uses);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(_serverName, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(_serverName);
        request.CertificateExtensions.Add(names.Build());
        using var signed = Sign(request, OfServer);
        return signed.CopyWithPrivateKey(key);
    }

    void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("AiBms authority of " + _serverName);
        CertificateRequest request = new(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = _time.GetUtcNow();
        using var root = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(RootYears));
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (StreamWriter writer = new(path + ".new", options)) writer.Write(root.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        File.Move(path + ".new", path);
    }

    public void Dispose()
    {
        Root.Dispose();
        _signer.Dispose();
        _server?.Dispose();
        _peer?.Dispose();
    }
}
