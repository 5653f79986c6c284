using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Somebody of one fleet who guesses numbers and names of the other finds nothing.</summary>
public sealed class TenancyTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingOfAnotherFleetIsSeenOrChanged()
    {
        await SendAsync("car-1");
        await SendAsync("car-2");
        using var red = server.As("red");
        using var blue = server.As("blue");
        using var all = server.As("viewer");
        Assert.Equal(["car-1"], await PacksAsync(red));
        Assert.Equal(["car-2"], await PacksAsync(blue));
        Assert.Equal(["car-1", "car-2"], await PacksAsync(all));
        foreach (string path in (string[])["", "/history", "/span", "/window"])
        {
            Assert.Equal(404, (int)(await red.GetAsync("api/v1/packs/car-2" + path, Stop)).StatusCode);
            Assert.Equal(200, (int)(await blue.GetAsync("api/v1/packs/car-2" + path, Stop)).StatusCode);
        }

        Assert.Equal(404, (int)(await red.PostAsJsonAsync("api/v1/packs/car-2/orders", new { mode = "Eco" }, Stop)).StatusCode);
        Assert.DoesNotContain("car-2", await red.GetStringAsync("metrics", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("car-2", await red.GetStringAsync("api/v1/events", Stop), StringComparison.Ordinal);
        // A pack of another fleet is answered as one that is not there.
        Assert.Equal(404, (int)(await red.GetAsync("api/v1/events?pack=car-2", Stop)).StatusCode);
        long id = JsonDocument.Parse(await blue.GetStringAsync("api/v1/events", Stop)).RootElement[0].GetProperty("id").GetInt64();
        // Every number up to theirs is tried: of the other fleet none is found.
        for (long guess = 1; guess <= id; guess++)
            if ((int)(await red.PostAsJsonAsync($"api/v1/events/{guess}/acknowledge", new { text = "mine" }, Stop)).StatusCode == 204) Assert.NotEqual(id, guess);
        Assert.Equal(204, (int)(await blue.PostAsJsonAsync($"api/v1/events/{id}/acknowledge", new { text = "ours" }, Stop)).StatusCode);
        using ByteArrayContent body = new(Batch("car-2", 9).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue(HttpLink.Cbor) } };
        var answer = await red.PostAsync(HttpLink.PathOf("car-2"), body, Stop);
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains("not of your fleet", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        // What was refused of blue's pack is told to whoever sees all, not to red.
        using ByteArrayContent wrong = new(Batch("car-1", 9).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue(HttpLink.Cbor) } };
        Assert.Equal(400, (int)(await blue.PostAsync(HttpLink.PathOf("car-2"), wrong, Stop)).StatusCode);
        Assert.Contains("car-2", await all.GetStringAsync("health", Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("car-2", await red.GetStringAsync("health", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red", "GET", "api/v1/users")]
    [InlineData("red", "GET", "api/v1/audit")]
    [InlineData("red", "GET", "api/v1/devices")]
    [InlineData("red", "POST", "api/v1/devices/tokens")]
    [InlineData("red", "PUT", "api/v1/devices/car-2/fleet")]
    [InlineData("red", "DELETE", "api/v1/devices/certificates/00")]
    [InlineData("red", "PUT", "api/v1/rules")]
    [InlineData("red", "PUT", "api/v1/users/red")]
    [InlineData("viewer", "POST", "api/v1/packs/car-1/orders")]
    [InlineData("viewer", "POST", "api/v1/events/1/acknowledge")]
    public async Task ARoleThatIsTooSmallIsRefused(string user, string method, string path)
    {
        using var client = server.As(user);
        using HttpRequestMessage message = new(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };
        Assert.Equal(403, (int)(await client.SendAsync(message, Stop)).StatusCode);
        Assert.Contains($"\"who\":\"{user}\",\"what\":\"refused access\",\"about\":\"{method} /{path}\"", server.AuditText, StringComparison.Ordinal);
    }

    async Task SendAsync(string pack)
    {
        using var own = server.Credentials(pack);
        await using HttpLink link = new(server.Address, pack, "", "", TimeSpan.FromSeconds(10), own);
        Assert.True(SendOutcome.Durable == await link.SendAsync(Batch(pack, 1), Stop), link.LastProblem);
    }

    static RecordBatch Batch(string pack, long seq) => new(pack, 1,
    [
        new Record(seq, seq, RecordKind.Frame, 1_795_000_000_000 + seq, new PackFrame { CurrentA = seq }.ToBytes()),
        new Record(seq + 1, seq + 1, RecordKind.Fault, 1_795_000_000_001 + seq, new FaultEvent { FaultCode = 3, Begins = true, MeasuredValues = [4.3, 4.2] }.ToBytes()),
    ]);

    static async Task<string[]> PacksAsync(HttpClient client) =>
        [.. JsonDocument.Parse(await client.GetStringAsync("api/v1/packs", Stop)).RootElement.EnumerateArray().Select(p => p.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
}
