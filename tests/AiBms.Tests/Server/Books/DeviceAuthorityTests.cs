using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;

namespace AiBms.Tests.Server.Books;

public sealed class DeviceAuthorityTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-authority-").FullName;
    readonly DeviceAuthority _authority;

    public DeviceAuthorityTests() => _authority = new(_folder, "127.0.0.1", TimeProvider.System);

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void ARequestWithAKeyOfP256IsSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = _authority.Issue(new CertificateRequest(DeviceNames.Subject("other"), key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), "car-1");
        Assert.Equal("car-1", DeviceNames.PackOf(certificate));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    /// <summary>As long as the one that is taken is not enough: the curve counts.</summary>
    [Theory]
    [InlineData("1.3.132.0.10")] // secp256k1
    [InlineData("1.3.36.3.3.2.8.1.1.7")] // brainpoolP256r1
    [InlineData("1.3.132.0.34")] // P-384
    public void AnotherCurveIsRefused(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        Assert.Contains("not of the curve P-256", Refused(new CertificateRequest(DeviceNames.Subject("x"), key, HashAlgorithmName.SHA256).CreateSigningRequestPem()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKindOfKeyIsRefused()
    {
        using var key = RSA.Create(2048);
        Assert.Contains("not of the curve P-256", Refused(new CertificateRequest(DeviceNames.Subject("x"), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()), StringComparison.Ordinal);
    }

    /// <summary>A kind of signature that there is not: the library says that it does not support it, and the sender hears a sentence.</summary>
    [Fact]
    public void AnUnknownKindOfSignatureIsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] said = new AsnReader(new CertificateRequest(DeviceNames.Subject("x"), key, HashAlgorithmName.SHA256).CreateSigningRequest(), AsnEncodingRules.DER).ReadSequence().ReadEncodedValue().ToArray();
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(said);
            using (writer.PushSequence()) writer.WriteObjectIdentifier("1.2.3.4");
            writer.WriteBitString([1, 2, 3]);
        }

        Assert.Contains("no certificate request that can be used", Refused(PemEncoding.WriteString("CERTIFICATE REQUEST", writer.Encode())), StringComparison.Ordinal);
    }

    string Refused(string pem) => Assert.Throws<DataException>(() => _authority.Issue(pem, "car-1").Dispose()).Message;
}
