using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiBms.Telemetry.Devices;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Certificates that no server gave out.</summary>
static class Forgery
{
    /// <summary>By the server's own key, as somebody could make one who read its folder.</summary>
    public static X509Certificate2 ByStolenKey(string folder, string pack, DateTimeOffset from, DateTimeOffset until)
    {
        string pem = File.ReadAllText(Path.Combine(folder, "authority.pem"));
        using var authority = X509Certificate2.CreateFromPem(pem, pem);
        return Sign(authority, pack, from, until);
    }

    /// <summary>By an authority of one's own that calls itself like the server's.</summary>
    public static X509Certificate2 ByOwnAuthority(string pack)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=AiBms authority of 127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(9));
        return Sign(authority, pack, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(8));
    }

    static X509Certificate2 Sign(X509Certificate2 authority, string pack, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(DeviceNames.Subject(pack), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(KeyUses.Client)], true));
        using var signer = authority.GetECDsaPrivateKey()!;
        using var signed = request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), from, until, RandomNumberGenerator.GetBytes(15));
        return signed.CopyWithPrivateKey(key);
    }
}
