using System.Net;
using System.Security.Cryptography;
using AiBms.Telemetry;

namespace AiBms.Server.Access;

/// <summary>Where people sign in besides: a provider of OpenID Connect, and what its claims mean here. One JSON file, named by --oidc.</summary>
sealed record OidcSettings
{
    /// <summary>The provider's address; its discovery document lies below it.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What the server is called there.</summary>
    public required string ClientId { get; init; }

    /// <summary>File of the client's secret; null for a public client, which PKCE alone protects.</summary>
    public string? SecretFile { get; init; }

    /// <summary>What the sign-in page calls it.</summary>
    public string Name { get; init; } = "single sign-on";

    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>The claim that names people.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim whose values are looked up in <see cref="Roles"/>; the highest role counts.</summary>
    public string RoleClaim { get; init; } = "groups";

    public required IReadOnlyDictionary<string, Role> Roles { get; init; }

    /// <summary>The claim that says whose packs a viewer or operator sees; null: they see all.</summary>
    public string? FleetClaim { get; init; }

    /// <summary>Values of that claim that mean a fleet of another name here; a value that is not among them is the name itself.</summary>
    public IReadOnlyDictionary<string, string> Fleets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal string? Secret { get; init; }

    /// <summary>Sessions are of these settings: others end them.</summary>
    internal string Stamp { get; init; } = "";

    /// <exception cref="DataException">It cannot be used; the sentence says why.</exception>
    public static OidcSettings Read(string path)
    {
        var (settings, text) = SettingsFile.Read<OidcSettings>(path, "the sign-in", "--oidc", "authority, clientId and roles", "docs/guide/security.md");
        return (settings with
        {
            Secret = Access.SecretFile.Read(settings.SecretFile, Path.GetDirectoryName(Path.GetFullPath(path))!),
            Stamp = "oidc " + Convert.ToHexString(SHA256.HashData(text)),
        }).Validated(path);
    }

    OidcSettings Validated(string path)
    {
        if (!Authority.IsAbsoluteUri || Authority.Scheme is not ("https" or "http")) throw new DataException($"{path}: authority '{Authority}' is no address: give https://HOST/….");
        if (Authority.Scheme == "http" && !IsHere(Authority.Host)) throw new DataException($"{path}: authority '{Authority}' is without TLS, so that anybody between could sign in: give https://.");
        if (ClientId.Length == 0) throw new DataException($"{path}: clientId is empty: give the name that the provider has for this server.");
        if (Roles.Count == 0) throw new DataException($"{path}: roles is empty, so nobody could come in: name values of '{RoleClaim}' and their roles.");
        return Scopes.Contains("openid", StringComparer.Ordinal) ? this : throw new DataException($"{path}: scopes lack 'openid': add it.");
    }

    static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
