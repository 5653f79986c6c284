using System.Net.Http.Json;
using System.Text.Json;
using AiBms.Trials.Server;
using static Microsoft.Playwright.Assertions;

namespace AiBms.Trials.Browser;

/// <summary>Recorded cars through the whole live chain, on the page: their weak cells and what their sensors did.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RecordedTrials(Chromium chromium, ITestOutputHelper output)
{
    /// <summary>Cars whose record says itself which cells are weak: see the data's own page.</summary>
    static readonly (string Car, string[] Weak)[] s_cars = [("car1", ["cell 10", "cell 3", "cell 2"]), ("car3", ["cell 81", "cell 2"])];

    /// <summary>Enough of each record for the weak cells to stand out, h of it.</summary>
    const double LeastHours = 8;

    [Fact]
    public async Task RecordedCarsShowTheirWeakCellsAndTheirSensors()
    {
        var stop = TestContext.Current.CancellationToken;
        string? data = Environment.GetEnvironmentVariable("AIBMS_DATA");
        Assert.SkipWhen(data is null, "skipped: no data folder");
        string[] files = [.. s_cars.Select(c => Path.Combine(data!, "ev-field-cells", c.Car + ".csv.gz"))];
        using var server = await RunningServer.StartAsync(stop, ["demo", "--no-browser", "--speed", "1000", .. files.SelectMany(f => (string[])["--replay", f])]);
        using HttpClient client = new() { BaseAddress = new(server.Address) };
        foreach (var (car, weak) in s_cars)
        {
            double hours = await PlayedAsync(client, car, stop);
            await using var visit = await chromium.OpenAsync(1400, 900);
            await visit.GoAsync($"{server.Address}/packs/{car}", "canvas");
            string lowest = await visit.Page.Locator("#lowest").InnerTextAsync(), quality = await visit.Page.Locator("#data").InnerTextAsync();
            output.WriteLine($"{car} after {hours:0.0} h: {lowest.ReplaceLineEndings(" ")}");
            foreach (string cell in weak) Assert.Contains(cell + "\t", lowest, StringComparison.Ordinal);
            // No tap is blamed for what all of them show.
            Assert.DoesNotContain("More than half of the cells", await visit.Page.Locator("#findings").InnerTextAsync(), StringComparison.Ordinal);
            await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("the maker's system says");
            Assert.DoesNotContain("NaN", await visit.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
            if (car == "car3") Assert.Contains("T_8", quality, StringComparison.Ordinal);
            Assert.Empty(visit.Errors);
        }
    }

    static async Task<double> PlayedAsync(HttpClient client, string car, CancellationToken stop)
    {
        long firstMs = 0;
        for (int tries = 0; ; tries++)
        {
            double hours = 0;
            using var answer = await client.GetAsync($"api/v1/packs/{car}/span", stop);
            if (answer.IsSuccessStatusCode)
            {
                var span = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
                firstMs = span.GetProperty("fromMs").GetInt64();
                hours = (span.GetProperty("toMs").GetInt64() - firstMs) / 3.6e6;
            }

            if (hours > LeastHours) return hours;
            Assert.SkipWhen(tries > 200, $"skipped: {hours:0.0} h of {car} in 100 s, the machine is too busy");
            await Task.Delay(500, stop);
        }
    }
}
