using System.Net.Http.Json;

namespace AiBms.Trials.Server.Attacks;

/// <summary>What an address may do in a minute: each thing has a limit of its own, and what is beyond is said and written down.</summary>
public sealed class LimitTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A depot that enrols many packs still signs in, and whoever signs in wrong still enrols.</summary>
    [Fact]
    public async Task EnrolmentAndSigningInDoNotTakeEachOthersPlace()
    {
        using var signing = server.As(null, from: "127.0.0.11");
        await BeyondAsync(() => signing.PostAsync("sign-in", new FormUrlEncodedContent([new("name", "eve")]), Stop), 10);
        Assert.Equal(400, (int)(await EnrolAsync(signing)).StatusCode);
        using var enrolling = server.As(null, from: "127.0.0.12");
        await BeyondAsync(() => EnrolAsync(enrolling), 60);
        Assert.Equal(302, (int)(await enrolling.PostAsync("sign-in", new FormUrlEncodedContent([new("name", "eve")]), Stop)).StatusCode);
        Assert.Contains("\"who\":\"127.0.0.11\",\"what\":\"refused request\",\"about\":\"/sign-in\",\"detail\":\"More than 10 tries in a minute", server.AuditText, StringComparison.Ordinal);
        Assert.Contains("\"who\":\"127.0.0.12\",\"what\":\"refused request\",\"about\":\"/api/v1/enrol\",\"detail\":\"More than 60 tries in a minute", server.AuditText, StringComparison.Ordinal);
    }

    /// <summary>Nobody is signed in, so the address counts: another one does not notice.</summary>
    [Fact]
    public async Task AnAddressHasAPace()
    {
        using var flooding = server.As(null, from: "127.0.0.13");
        using var other = server.As(null, from: "127.0.0.14");
        string why = await BesideAsync(() => flooding.GetAsync("alive", Stop), () => other.GetAsync("alive", Stop), 200);
        Assert.Contains("More than 100 requests a second: wait a second.", why, StringComparison.Ordinal);
    }

    /// <summary>A gateway of many packs is one address: each certificate counts by itself.</summary>
    [Fact]
    public async Task ACertificateHasAPace()
    {
        using var flooding = server.AsPack("car-1");
        using var other = server.AsPack("car-2");
        await BesideAsync(() => RenewAsync(flooding), () => RenewAsync(other), 400);
        Assert.Contains("\"about\":\"/api/v1/renew\",\"detail\":\"More than 100 requests a second", server.AuditText, StringComparison.Ordinal);

        static Task<HttpResponseMessage> RenewAsync(HttpClient pack) => pack.PostAsJsonAsync("api/v1/renew", new { request = "none" }, Stop);
    }

    /// <summary>One asks until it is refused and goes on; meanwhile the other is answered as ever.</summary>
    /// <returns>Why the first was refused.</returns>
    static async Task<string> BesideAsync(Func<Task<HttpResponseMessage>> flood, Func<Task<HttpResponseMessage>> other, int usual)
    {
        string why = "";
        for (int round = 0; round < 40 && why.Length == 0; round++) await FloodAsync();
        Assert.True(why.Length > 0, "two thousand requests at once were all answered");
        // Not after the flood: where both had one limit, it would have room again by then.
        for (int k = 0; k < 10; k++)
        {
            var flooding = FloodAsync();
            for (int n = 0; n < 3; n++)
            {
                using var answer = await other();
                Assert.Equal(usual, (int)answer.StatusCode);
            }

            await flooding;
        }

        return why;

        async Task FloodAsync()
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => flood()));
            Assert.All(answers, a => Assert.Contains((int)a.StatusCode, (int[])[usual, 429]));
            foreach (var answer in answers.Where(a => (int)a.StatusCode == 429)) why = await answer.Content.ReadAsStringAsync(Stop);
        }
    }

    static async Task BeyondAsync(Func<Task<HttpResponseMessage>> ask, int limit)
    {
        // Twice as many and one: where a minute begins in the middle, the count begins anew once.
        for (int k = 0; k <= 2 * limit; k++)
        {
            using var answer = await ask();
            if ((int)answer.StatusCode != 429) continue;
            Assert.True(k >= limit, $"{k} were answered");
            Assert.Contains($"More than {limit} tries in a minute", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
            return;
        }

        Assert.Fail($"{2 * limit + 1} were answered");
    }

    static Task<HttpResponseMessage> EnrolAsync(HttpClient client) => client.PostAsJsonAsync("api/v1/enrol", new { token = "none", request = "none" }, Stop);
}
