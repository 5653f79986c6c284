using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AiBms.Trials.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiBms.Trials.Browser;

/// <summary>Signing in, and what each role may do: on the page and through the REST API alike.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RoleTrials(Chromium chromium) : IDisposable
{
    const string Secret = "a-long-password-1";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-roles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EachRoleMayDoItsOwnAndNoMore()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        Assert.NotEqual("", server.Secret);
        await using MadePack pack = new(server, "car", 12, 1);
        pack.Frame(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await pack.SendAsync(stop);
        using HttpClient client = new() { BaseAddress = new(server.Address) };
        foreach (string path in (string[])["/api/v1/packs", "/api/v1/stream", "/api/v1/events", "/metrics", "/health", "/openapi/v1.json"]) Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path, stop)).StatusCode);
        Assert.Equal("alive", await client.GetStringAsync("/alive", stop));
        client.DefaultRequestHeaders.Authorization = Basic("admin", "wrong-password");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/packs", stop)).StatusCode);
        client.DefaultRequestHeaders.Authorization = Basic("admin", server.Secret);
        foreach (string role in (string[])["Viewer", "Operator", "Engineer", "Admin"])
            Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync($"/api/v1/users/{role.ToLowerInvariant()}1", new { role, secret = Secret }, stop)).StatusCode);

        string[] names = ["viewer1", "operator1", "engineer1", "admin1"];
        for (int rank = 0; rank < names.Length; rank++)
        {
            client.DefaultRequestHeaders.Authorization = Basic(names[rank], Secret);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/packs/car", stop)).StatusCode);
            Assert.Equal(rank >= 1 ? HttpStatusCode.Accepted : HttpStatusCode.Forbidden, (await client.PostAsJsonAsync("/api/v1/packs/car/orders", new { mode = "Eco" }, stop)).StatusCode);
            Assert.Equal(rank >= 1 ? HttpStatusCode.Conflict : HttpStatusCode.Forbidden, (await client.PostAsJsonAsync("/api/v1/events/77/acknowledge", new { text = "seen" }, stop)).StatusCode);
            Assert.Equal(rank >= 2 ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, (await client.PutAsJsonAsync("/api/v1/rules", new { name = "Warm", signal = "hotSpotDegC", threshold = 99 }, stop)).StatusCode);
            Assert.Equal(rank >= 3 ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/users", stop)).StatusCode);

            await using var visit = await chromium.OpenAsync();
            await SignIn.AsAsync(visit.Page, server.Address + "/packs/car", names[rank], Secret);
            await visit.Page.Locator("#strip").WaitForAsync();
            await Expect(visit.Page.Locator(".who")).ToContainTextAsync(names[rank]);
            await Expect(visit.Page.Locator("#apply")).ToHaveCountAsync(rank >= 1 ? 1 : 0);
            await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Users" })).ToHaveCountAsync(rank >= 3 ? 1 : 0);
            if (rank == 0) await Chromium.PictureAsync(visit.Page, "serve-viewer");
            await visit.Page.GotoAsync(server.Address + "/users");
            await Expect(visit.Page.GetByText(rank >= 3 ? "Add a user" : "Your role (").First).ToBeVisibleAsync();
        }
    }

    /// <summary>A page that is open when its user is removed loses its rights without being loaded again.</summary>
    [Fact]
    public async Task WhoeverIsRemovedIsSignedOut()
    {
        var stop = TestContext.Current.CancellationToken;
        using var server = await RunningServer.StartAsync(_folder, stop);
        using HttpClient client = new() { BaseAddress = new(server.Address) };
        client.DefaultRequestHeaders.Authorization = Basic("admin", server.Secret);
        await client.PutAsJsonAsync("/api/v1/users/guest", new { role = "Operator", secret = Secret }, stop);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.DeleteAsync("/api/v1/users/admin", stop)).StatusCode);
        await using var visit = await chromium.OpenAsync();
        await SignIn.AsAsync(visit.Page, server.Address, "guest", "not-the-password");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name or password is wrong.");
        await SignIn.AsAsync(visit.Page, server.Address, "guest", Secret);
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Fleet");
        // A script draws it once the page has its line to the server.
        await visit.Page.Locator("#map canvas").WaitForAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/v1/users/guest", stop)).StatusCode);
        await Expect(visit.Page.GetByText("You are signed out")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await visit.Page.GotoAsync(server.Address + "/");
        await Expect(visit.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    static AuthenticationHeaderValue Basic(string name, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));
}
