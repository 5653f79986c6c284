using System.Security.Claims;
using AiBms.Server.Access;
using AiBms.Telemetry;

namespace AiBms.Tests.Server;

/// <summary>Settings of a provider that people sign in with, and what its claims mean.</summary>
public sealed class OidcSettingsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-oidc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "authority": "http://login.example/", "clientId": "aibms", "roles": { "a": "Admin" } }""", "without TLS")]
    [InlineData("""{ "authority": "ftp://login.example/", "clientId": "aibms", "roles": { "a": "Admin" } }""", "is no address")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "", "roles": { "a": "Admin" } }""", "clientId is empty")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "aibms", "roles": {} }""", "nobody could come in")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "aibms", "roles": { "a": "King" } }""", "cannot be understood at $.roles")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "aibms", "roles": { "a": "Admin" }, "scopes": ["profile"] }""", "lack 'openid'")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "aibms", "secretFile": "none", "roles": { "a": "Admin" } }""", "is not there")]
    [InlineData("""{ "authority": "https://login.example/", "clientId": "aibms", "roles": { "a": "Admin" }, "secret": "in the open" }""", "cannot be understood at $.secret")]
    public void WhatCannotBeUsedIsOneSentence(string text, string why) => Assert.Contains(why, Assert.Throws<DataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:8080/")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080/")]
    public void AProviderOnThisMachineMayDoWithoutTls(string authority) => Assert.Equal(new Uri(authority), Read($$"""{ "authority": "{{authority}}", "clientId": "aibms", "roles": { "a": "Admin" } }""").Authority);

    [Theory]
    [InlineData("groups=guests,groups=shift,depot=north", "Operator", "blue")]
    [InlineData("groups=guests,depot=red", "Viewer", "red")]
    [InlineData("groups=makers,groups=guests", "Engineer", "")]
    [InlineData("groups=chiefs,depot=red,depot=north", "Admin", "")]
    [InlineData("groups=Shift,depot=red", null, null)]
    [InlineData("roles=chiefs", null, null)]
    [InlineData("groups=shift", null, null)]
    [InlineData("groups=shift,depot=", null, null)]
    [InlineData("groups=shift,depot=red,depot=red", null, null)]
    public void TheHighestRoleCountsAndWhoHasNoneStaysOut(string claims, string? role, string? fleet)
    {
        var settings = Read("""{ "authority": "https://login.example/", "clientId": "aibms", "roles": { "guests": "Viewer", "shift": "Operator", "makers": "Engineer", "chiefs": "Admin" }, "fleetClaim": "depot", "fleets": { "north": "blue" } }""");
        ClaimsPrincipal who = new(new ClaimsIdentity([new("preferred_username", "ada"), .. claims.Split(',').Select(c => new Claim(c.Split('=')[0], c.Split('=')[1]))]));
        var user = OidcDoor.PersonOf(who, settings, out string why);
        Assert.Equal((role, fleet), (user?.Role.ToString(), user?.Fleet));
        Assert.Equal(user is null, why.Length > 0);
        if (user is not null) Assert.Equal(("oidc:ada", settings.Stamp), (user.Name, user.Stamp));
    }

    OidcSettings Read(string text)
    {
        string path = Path.Combine(_folder.FullName, "oidc.json");
        File.WriteAllText(path, text);
        return OidcSettings.Read(path);
    }
}
