using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AiBms.Server.Devices;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace AiBms.Server.Access;

/// <summary>Seals the keys of sessions with the servers' authority (AES-256-GCM): whoever reads the database alone can make no session of them.</summary>
sealed class KeySeal(DeviceAuthority authority) : IXmlEncryptor, IXmlDecryptor
{
    const string Name = "sealed", Purpose = "aibms keys of sessions";
    const int NonceBytes = 12, TagBytes = 16;

    /// <summary>As the framework makes it, to open a seal.</summary>
    public KeySeal(IServiceProvider services) : this(services.GetRequiredService<DeviceAuthority>())
    {
    }

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        byte[] plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), whole = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using AesGcm cipher = new(authority.SecretFor(Purpose), TagBytes);
        cipher.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes));
        return new(new XElement(Name, Convert.ToBase64String(whole)), typeof(KeySeal));
    }

    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        byte[] whole = Convert.FromBase64String(encryptedElement.Value), plain = new byte[Math.Max(0, whole.Length - NonceBytes - TagBytes)];
        using AesGcm cipher = new(authority.SecretFor(Purpose), TagBytes);
        cipher.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
