using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AiBms.Agent.Live;
using AiBms.Server.Access;
using AiBms.Server.Alarms;
using AiBms.Server.Api;
using AiBms.Server.Devices;
using AiBms.Telemetry.Devices;

namespace AiBms.Trials.Fuzz;

/// <summary>What REST takes in: bodies in JSON as the server reads them, and requests for certificates.</summary>
/// <remarks>Keys and signatures are random: of requests for certificates one seed makes others each time, and a fault prints its input.</remarks>
static class RestTargets
{
    static readonly JsonSerializerOptions s_json = Json();

    /// <param name="folder">An empty folder, for the authority's key.</param>
    public static IReadOnlyList<FuzzTarget> All(string folder)
    {
        DeviceAuthority authority = new(folder, "127.0.0.1", TimeProvider.System);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(DeviceNames.Subject("car-1"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        byte[] der = request.CreateSigningRequest(), plain = new CertificateRequest(DeviceNames.Subject("x"), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        var signer = key.ExportParameters(true);
        return
        [
            Body<UserApi.Change>("user", """{"role":"Operator","secret":"long enough 1","fleet":"red"}"""),
            Body<AlarmRule>("alarm rule", JsonSerializer.Serialize(AlarmRule.First[0], s_json), rule => rule.Validated()),
            Body<EventApi.Comment>("comment", """{"text":"seen, \u00e4 \ud83d\ude00"}"""),
            Body<PackOrder>("order by REST", """{"mode":"Eco","isRestart":true,"fault":"x"}"""),
            Body<DeviceApi.Place>("fleet", """{"fleet":"red"}"""),
            Body<DeviceApi.TokenWish>("token", """{"pack":"car-1","fleet":"red","hours":1.5}"""),
            Body<DeviceApi.Wish>("enrolment", """{"token":"abc.def","request":"-----BEGIN CERTIFICATE REQUEST-----\nMIH\n-----END CERTIFICATE REQUEST-----"}"""),
            new("certificate request (PEM)", 1, [Encoding.UTF8.GetBytes(Pem(der)), Encoding.UTF8.GetBytes(Pem(plain))], b => authority.Issue(Encoding.UTF8.GetString(b), "car-1").Dispose()),
            new("certificate request (DER)", 2, [der, plain], b => authority.Issue(Pem(b), "car-1").Dispose(), b => Signed(b, signer)),
        ];
    }

    static JsonSerializerOptions Json()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
        JsonBody.Configure(options);
        return options;
    }

    static FuzzTarget Body<T>(string name, string good, Action<T>? and = null) where T : class =>
        new(name + " (JSON)", 1, [Encoding.UTF8.GetBytes(good), "{}"u8.ToArray()], b =>
        {
            var read = JsonBody.Parse<T>(b, s_json);
            and?.Invoke(read);
        });

    static string Pem(byte[] der) => PemEncoding.WriteString("CERTIFICATE REQUEST", der);

    /// <summary>What a request says, changed, with a signature that is right: else no change would come further than that.</summary>
    static byte[] Signed(byte[] changed, ECParameters signer)
    {
        byte[] said = changed;
        try
        {
            said = new AsnReader(changed, AsnEncodingRules.DER).ReadSequence().ReadEncodedValue().ToArray();
        }
        catch (AsnContentException)
        {
            // The envelope itself is broken: then it is what is said.
        }

        using var key = ECDsa.Create(signer);
        AsnWriter outer = new(AsnEncodingRules.DER);
        using (outer.PushSequence())
        {
            try
            {
                outer.WriteEncodedValue(said);
            }
            catch (ArgumentException)
            {
                outer.WriteOctetString(said);
            }

            using (outer.PushSequence()) outer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
            outer.WriteBitString(key.SignData(said, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return outer.Encode();
    }
}
