using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Asking changes nothing: a link of another site, which can only ask, does no harm.</summary>
public sealed partial class AskingTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Each address of the description that changes something, asked by GET and HEAD as admin; then each that is there to be asked.</summary>
    [Fact]
    public async Task NothingIsChangedByGet()
    {
        using var admin = server.As("admin", server.AdminSecret);
        var paths = JsonDocument.Parse(await admin.GetStringAsync("openapi/v1.json", Stop)).RootElement.GetProperty("paths").EnumerateObject().ToList();
        string[] changing = [.. paths.Where(p => p.Value.EnumerateObject().Any(o => o.Name is "post" or "put" or "delete")).Select(p => p.Name), "/sign-in", "/sign-out"];
        foreach (string path in (string[])["/api/v1/users/{name}", "/api/v1/devices/tokens", "/api/v1/devices/certificates/{serial}", "/api/v1/enrol", "/api/v1/renew", "/api/v1/rules/{name}", "/api/v1/packs/{id}/orders", "/api/v1/packs/{id}/batches", "/api/v1/events/{id}/acknowledge", "/api/v1/devices/{pack}/fleet"]) Assert.Contains(path, changing);
        using var credentials = server.Credentials("car-1");
        string serial = credentials.Certificate.SerialNumber;
        string before = await AllAsync();
        Assert.Contains("No data", before, StringComparison.Ordinal);
        string log = server.AuditText;
        foreach (string path in changing)
        {
            // Names of what is there: a GET that deleted would find it.
            string asked = Named().Replace(path, m => m.Value switch
            {
                "{id}" when path.Contains("events", StringComparison.Ordinal) => "1",
                "{name}" => path.Contains("users", StringComparison.Ordinal) ? "viewer" : "No%20data",
                "{serial}" => serial,
                _ => "car-1",
            });
            bool isForAsking = paths.Find(p => p.Name == path).Value is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("get", out _);
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using HttpRequestMessage message = new(method, asked);
                using var answer = await admin.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Stop);
                if (method == HttpMethod.Get) Assert.True((isForAsking ? [200] : (int[])[404, 405]).Contains((int)answer.StatusCode), $"GET {asked}: {(int)answer.StatusCode}");
            }
        }

        Assert.Equal(before, await AllAsync());
        Assert.Equal(log, server.AuditText);

        async Task<string> AllAsync()
        {
            string all = "";
            foreach (string path in (string[])["users", "devices", "rules", "events", "audit/head"]) all += await admin.GetStringAsync("api/v1/" + path, Stop) + "\n";
            return all;
        }
    }

    /// <summary>The description has what packs and programs need to come in, with what is sent and answered.</summary>
    [Fact]
    public async Task TheDescriptionHasTokensAndEnrolment()
    {
        using var admin = server.As("admin", server.AdminSecret);
        var paths = JsonDocument.Parse(await admin.GetStringAsync("openapi/v1.json", Stop)).RootElement.GetProperty("paths");
        foreach (var (path, method, kind) in ((string, string, string)[])[
            ("/api/v1/devices", "get", "application/json"), ("/api/v1/devices/tokens", "post", "application/json"), ("/api/v1/authority", "get", "application/x-pem-file"), ("/api/v1/enrol", "post", "application/x-pem-file"), ("/api/v1/renew", "post", "application/x-pem-file")])
        {
            var told = paths.GetProperty(path).GetProperty(method);
            Assert.True(told.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty(kind, out _), path);
            Assert.Equal(method == "post", told.TryGetProperty("requestBody", out _));
        }

        Assert.True(paths.GetProperty("/api/v1/devices/certificates/{serial}").TryGetProperty("delete", out _));
    }

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.None, 1000)]
    private static partial Regex Named();
}
