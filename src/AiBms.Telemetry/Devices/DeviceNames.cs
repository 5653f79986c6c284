using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Devices;

/// <summary>How a certificate says whose it is: its common name is the pack's name, and nothing else.</summary>
public static class DeviceNames
{
    const string CommonName = "2.5.4.3";

    /// <summary>The subject of a pack's certificate.</summary>
    public static X500DistinguishedName Subject(string pack)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(pack);
        return name.Build();
    }

    /// <summary>The pack that a certificate names; null where it names none.</summary>
    public static string? PackOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        X500RelativeDistinguishedName[] parts = [.. certificate.SubjectName.EnumerateRelativeDistinguishedNames()];
        if (parts is not [{ HasMultipleElements: false } only] || only.GetSingleElementType().Value != CommonName) return null;
        return only.GetSingleElementValue() is { } pack && PackIds.IsValid(pack) ? pack : null;
    }

    /// <summary>SHA-256 of a certificate in hexadecimal: what a token carries of the authority, so that an agent knows it again.</summary>
    public static string Fingerprint(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    /// <summary>True where a certificate was signed by an authority, is for the use, and holds at a time.</summary>
    /// <param name="certificate">Whose.</param>
    /// <param name="authority">The only one that is trusted.</param>
    /// <param name="use">Object identifier of the extended key usage.</param>
    /// <param name="now">When.</param>
    public static bool IsOf(X509Certificate2 certificate, X509Certificate2 authority, string use, DateTimeOffset now)
    {
        using X509Chain chain = new();
        var policy = chain.ChainPolicy;
        (policy.TrustMode, policy.RevocationMode, policy.DisableCertificateDownloads) = (X509ChainTrustMode.CustomRootTrust, X509RevocationMode.NoCheck, true);
        (policy.VerificationTimeIgnored, policy.VerificationTime) = (false, now.UtcDateTime);
        policy.CustomTrustStore.Add(authority);
        policy.ApplicationPolicy.Add(new Oid(use));
        return chain.Build(certificate);
    }
}
