using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiBms.Trials.Server;

/// <summary>People sign in with a provider of OpenID Connect: what they may do is what its claims say, and nobody else comes in.</summary>
public sealed class OidcTrials : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-oidc-").FullName;
    readonly int _port = RunningServer.FreePort();
    OidcProvider _provider = null!;
    Agent.Live.RunningProgram _server = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Uri Address => new($"http://localhost:{RunningServer.Text(_port)}/");

    public async ValueTask InitializeAsync()
    {
        _provider = await OidcProvider.StartAsync(new Uri(Address, "signed-in").ToString(), Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "oidc.secret"), OidcProvider.Secret, Stop);
        await SetAsync("blue-depot");
        _server = new("AiBms.Server", "aibms-server", "serve", "--folder", Path.Combine(_folder, "server"), "--port", RunningServer.Text(_port), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()), "--oidc", Path.Combine(_folder, "oidc.json"));
        _server.Start();
        await _server.SaysAsync("ready", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _provider.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    Task SetAsync(string blue) => File.WriteAllTextAsync(Path.Combine(_folder, "oidc.json"), $$"""
        { "authority": "{{_provider.Address}}", "clientId": "{{OidcProvider.Client}}", "secretFile": "oidc.secret", "name": "Depot", "scopes": ["openid", "profile", "groups"],
          "roles": { "bms-chiefs": "Admin", "shift": "Operator", "guests": "Viewer" }, "fleetClaim": "depot", "fleets": { "{{blue}}": "blue" } }
        """, Stop);

    [Fact]
    public async Task RoleAndFleetComeFromClaims()
    {
        using var browser = Browser();
        await InAsync(browser, ("preferred_username", "ada"), ("groups", "guests"), ("groups", "shift"), ("groups", "unheard of"), ("depot", "blue-depot"));
        Assert.Equal(("oidc:ada", "Operator", "blue"), await MeAsync(browser));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("api/v1/users", Stop)).StatusCode);

        using var chief = Browser();
        await InAsync(chief, ("preferred_username", "admin"), ("groups", "bms-chiefs"));
        // Of the same name as a local user, and not that user.
        Assert.Equal(("oidc:admin", "Admin", ""), await MeAsync(chief));
        Assert.Contains("oidc:ada", await chief.GetStringAsync("api/v1/audit", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(OidcProvider.Secret, await chief.GetStringAsync("api/v1/audit", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverHasNoRoleOrFleetStaysOutAndHearsWhy()
    {
        foreach (var (word, person) in ((string, (string, string)[])[])[
            ("'groups'", [("preferred_username", "eve"), ("groups", "others"), ("depot", "blue-depot")]),
            ("0 fleets", [("preferred_username", "eve"), ("groups", "shift")]),
            ("2 fleets", [("preferred_username", "eve"), ("groups", "shift"), ("depot", "blue-depot"), ("depot", "red")]),
            ("A fleet's name", [("preferred_username", "eve"), ("groups", "shift"), ("depot", "no name")])])
        {
            using var browser = Browser();
            var answer = await ComeAsync(browser, person);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(word, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("api/v1/me", Stop)).StatusCode);
        }
    }

    /// <summary>An answer of the provider that was asked for by another browser, or that comes again, signs nobody in.</summary>
    [Fact]
    public async Task AnAnswerIsForTheBrowserThatAskedAndOnce()
    {
        using var victim = Browser();
        using var thief = Browser();
        _provider.Persons.Enqueue([("preferred_username", "ada"), ("groups", "bms-chiefs")]);
        var back = await ToProviderAsync(victim, "/");
        Assert.Equal("/login?wrong=3", (await thief.GetAsync(back, Stop)).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync(back, Stop)).StatusCode);
        Assert.Equal("/login?wrong=3", (await victim.GetAsync(back, Stop)).Headers.Location!.ToString());
        // The provider says no.
        var refused = await ToProviderAsync(thief, "/");
        Assert.Equal("/login?wrong=3", (await thief.GetAsync(refused, Stop)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task OtherSettingsEndSessionsAndNobodyIsSentElsewhere()
    {
        using var browser = Browser();
        _provider.Persons.Enqueue([("preferred_username", "ada"), ("groups", "bms-chiefs")]);
        var answer = await browser.GetAsync(await ToProviderAsync(browser, "//evil.example/"), Stop);
        string page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("url=/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page, StringComparison.Ordinal);
        string cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("aibms=", StringComparison.Ordinal));
        foreach (string rule in (string[])["httponly", "samesite=strict"]) Assert.Contains(rule, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("oidc:ada", "Admin", ""), await MeAsync(browser));
        await _server.EndAsync(Stop);
        await SetAsync("another-depot");
        _server.Start();
        await _server.SaysAsync("ready", Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.Contains("Sign in with Depot", await browser.GetStringAsync("login", Stop), StringComparison.Ordinal);
    }

    HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = Address };

    async Task<HttpResponseMessage> ComeAsync(HttpClient browser, params (string, string)[] person)
    {
        _provider.Persons.Enqueue(person);
        return await browser.GetAsync(await ToProviderAsync(browser, "/"), Stop);
    }

    async Task InAsync(HttpClient browser, params (string, string)[] person)
    {
        var answer = await ComeAsync(browser, person);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <returns>Where the provider sends the browser back to.</returns>
    static async Task<Uri> ToProviderAsync(HttpClient browser, string back)
    {
        var there = await browser.GetAsync("sign-in/oidc?back=" + Uri.EscapeDataString(back), Stop);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        Assert.Contains("code_challenge_method=S256", there.Headers.Location!.Query, StringComparison.Ordinal);
        var answer = await browser.GetAsync(there.Headers.Location, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Stop));
        return answer.Headers.Location!;
    }

    static async Task<(string?, string?, string?)> MeAsync(HttpClient browser)
    {
        var me = await browser.GetFromJsonAsync<JsonElement>("api/v1/me", Stop);
        return (me.GetProperty("name").GetString(), me.GetProperty("role").GetString(), me.GetProperty("fleet").GetString());
    }
}
