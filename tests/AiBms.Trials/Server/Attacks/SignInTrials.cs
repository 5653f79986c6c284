using System.Text;
using System.Text.RegularExpressions;

namespace AiBms.Trials.Server.Attacks;

/// <summary>The sign-in page by TLS: what the cookie may do, what a form of another site may not, and how often a password is tried.</summary>
public sealed partial class SignInTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheCookieIsForThisSiteAndTlsOnly()
    {
        using var browser = server.As(null);
        var page = await browser.GetAsync("login", Stop);
        // One policy: of two that differ a reader does not see which is meant.
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("max-age=31536000; includeSubDomains", page.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.False(page.Headers.Contains("Server"), "the server says what it is");
        var signedIn = await SignInAsync(browser, "viewer", FleetServer.Password, Guard(await page.Content.ReadAsStringAsync(Stop)));
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-aibms=", StringComparison.Ordinal));
        foreach (string rule in (string[])["secure", "httponly", "samesite=strict", "path=/"]) Assert.Contains(rule, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whoever has a copy of a cookie has nothing once its owner signed out.</summary>
    [Fact]
    public async Task ACopyOfACookieIsWorthNothingAfterSigningOut()
    {
        using var browser = server.As(null);
        var signedIn = await SignInAsync(browser, "viewer", FleetServer.Password, Guard(await browser.GetStringAsync("login", Stop)));
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-aibms=", StringComparison.Ordinal)).Split(';')[0];
        using var thief = server.As(null);
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(200, (int)(await thief.GetAsync("api/v1/me", Stop)).StatusCode);
        string guard = Guard(await browser.GetStringAsync("", Stop));
        Assert.Equal("/login", (await browser.PostAsync("sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", guard)]), Stop)).Headers.Location!.ToString());
        Assert.Equal(401, (int)(await thief.GetAsync("api/v1/me", Stop)).StatusCode);
    }

    /// <summary>A form that another site sends has no guard of ours: it signs nobody in.</summary>
    [Fact]
    public async Task AFormOfAnotherSiteSignsNobodyIn()
    {
        using var browser = server.As(null);
        foreach (string guard in (string[])["", "CfDJ8nonsense"])
        {
            var answer = await SignInAsync(browser, "viewer", FleetServer.Password, guard);
            Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("__Host-aibms=", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    public async Task NobodyIsSentToAnotherSite(string back)
    {
        using var browser = server.As(null);
        string page = await browser.GetStringAsync("login", Stop);
        var answer = await SignInAsync(browser, "viewer", FleetServer.Password, Guard(page), back);
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task NoSecretStandsInALog()
    {
        using var red = server.As("red");
        using var wrong = server.As("red", "not-the-password-of-red");
        Assert.Equal(200, (int)(await red.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.Equal(401, (int)(await wrong.GetAsync("api/v1/me", Stop)).StatusCode);
        foreach (string secret in (string[])[FleetServer.Password, "not-the-password-of-red", server.AdminSecret]) Assert.DoesNotContain(secret, server.AuditText, StringComparison.Ordinal);
        Assert.DoesNotContain(FleetServer.Password, server.Said, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(server.Said, Regex.Escape(server.AdminSecret), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string secret, string guard, string back = "/") =>
        await browser.PostAsync("sign-in", new FormUrlEncodedContent([new("name", name), new("secret", secret), new("back", back), new("__RequestVerificationToken", guard)]), Stop);

    static string Guard(string page) => GuardField().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex GuardField();
}
