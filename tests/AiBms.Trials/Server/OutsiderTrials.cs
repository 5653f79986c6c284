using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using AiBms.Trials.Browser;

namespace AiBms.Trials.Server;

/// <summary>Programs that are not ours see what the documentation promises: curl, mosquitto_sub, promtool.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OutsiderTrials(DemoServer demo)
{
    [Fact]
    public async Task CurlReadsTheApiAndTheLiveStream()
    {
        var packs = JsonDocument.Parse(await RunAsync("curl", "-sS", "--fail", demo.Address + "/api/v1/packs")).RootElement;
        Assert.Equal(8, packs.GetArrayLength());
        Assert.InRange(packs[0].GetProperty("soc").GetDouble(), 0, 1);
        string stream = await RunAsync("curl", "-sS", "-N", "--max-time", "4", demo.Address + "/api/v1/stream");
        string[] events = [.. stream.Split('\n').Where(line => line.StartsWith("data: [", StringComparison.Ordinal))];
        Assert.True(events.Length >= 2, $"{events.Length} events in four seconds");
        Assert.Contains("event: packs", stream, StringComparison.Ordinal);
        var api = JsonDocument.Parse(await RunAsync("curl", "-sS", "--fail", demo.Address + "/openapi/v1.json")).RootElement;
        Assert.True(api.GetProperty("paths").TryGetProperty("/api/v1/packs/{id}/orders", out _));
    }

    [Fact]
    public async Task MosquittoSeesTheRetainedState()
    {
        string said = await RunAsync("mosquitto_sub", "-i", "outsider", "-h", "127.0.0.1", "-p", RunningServer.Text(demo.MqttPort), "-t", "aibms/v1/+/state", "-C", "8", "-W", "10", "-v");
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, lines.Length);
        foreach (string line in lines)
        {
            Assert.StartsWith("aibms/v1/", line, StringComparison.Ordinal);
            Assert.True(JsonDocument.Parse(line[line.IndexOf(' ', StringComparison.Ordinal)..]).RootElement.TryGetProperty("voltageV", out _));
        }
    }

    [Fact]
    public async Task PrometheusFindsNothingWrongWithTheMetrics()
    {
        string text = await RunAsync("curl", "-sS", "--fail", demo.Address + "/metrics");
        Assert.Contains("aibms_pack_soc_ratio{pack=\"immersion\"} 0.", text, StringComparison.Ordinal);
        Assert.Equal("", (await RunAsync("promtool", text, "check", "metrics")).Trim());
    }

    /// <summary>Bodies and questions that are wrong, each with the status it deserves and one sentence.</summary>
    [Theory]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"mode\":", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"mode\":\"Warp\"}", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"mode\":7}", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"speed\":1}", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{}", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "null", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "[]", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "\u0000\u0001", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"fault\":\"nonsense\"}", 400)]
    [InlineData("POST", "/api/v1/packs/immersion/orders", "{\"fault\":\"internal-short:V999=1\"}", 400)]
    [InlineData("POST", "/api/v1/packs/nobody/orders", "{\"mode\":\"Eco\"}", 404)]
    [InlineData("POST", "/api/v1/events/1/acknowledge", "{}", 400)]
    [InlineData("POST", "/api/v1/events/1/acknowledge", "{\"text\":5}", 400)]
    [InlineData("POST", "/api/v1/events/999999/acknowledge", "{\"text\":\"x\"}", 409)]
    [InlineData("PUT", "/api/v1/rules", "{\"name\":\"x\",\"signal\":\"nothing\",\"threshold\":1}", 400)]
    [InlineData("PUT", "/api/v1/rules", "{\"name\":\"x\",\"signal\":\"ageS\"}", 400)]
    [InlineData("PUT", "/api/v1/rules", "{\"name\":\"x\",\"signal\":\"ageS\",\"threshold\":1e999}", 400)]
    [InlineData("PUT", "/api/v1/users/x", "{\"role\":\"Viewer\",\"secret\":\"long enough 1\"}", 403)]
    [InlineData("DELETE", "/api/v1/rules/none", null, 404)]
    [InlineData("GET", "/api/v1/packs/immersion/history?from=abc", null, 400)]
    [InlineData("GET", "/api/v1/packs/immersion/history?from=9&to=1", null, 400)]
    [InlineData("GET", "/api/v1/packs/immersion/history?points=1", null, 400)]
    [InlineData("GET", "/api/v1/packs/immersion/history?signals=soc,nope", null, 400)]
    [InlineData("GET", "/api/v1/packs/immersion/history?format=xml", null, 400)]
    [InlineData("GET", "/api/v1/packs/immersion/window?seconds=0", null, 400)]
    [InlineData("GET", "/api/v1/events?most=0", null, 400)]
    [InlineData("GET", "/api/v1/packs/..%2F..%2Fetc", null, 404)]
    [InlineData("GET", "/api/v1/events?pack=nobody", null, 404)]
    [InlineData("GET", "/api/v1/nothing", null, 404)]
    [InlineData("PUT", "/api/v1/packs", "{}", 405)]
    public async Task WhatIsWrongIsRefusedWithAReason(string method, string path, string? body, int status)
    {
        using HttpClient client = new() { BaseAddress = new(demo.Address) };
        using HttpRequestMessage request = new(new(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        string why = JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
        Assert.EndsWith(".", why, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", why, StringComparison.Ordinal);
        // Where one of a few words was asked for, they are said.
        if (body?.Contains("Warp", StringComparison.Ordinal) == true) Assert.Contains("Send one of Balanced, Performance, Eco.", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFormOfAnotherSiteAndAHugeBodyAreRefused()
    {
        using HttpClient client = new() { BaseAddress = new(demo.Address) };
        var stop = TestContext.Current.CancellationToken;
        using StringContent form = new("mode=Eco", Encoding.UTF8, "application/x-www-form-urlencoded"), huge = new("{\"fault\":\"" + new string('x', 100_000) + "\"}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/api/v1/packs/immersion/orders", form, stop)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync("/api/v1/packs/immersion/orders", huge, stop)).StatusCode);
        using HttpRequestMessage elsewhere = new(HttpMethod.Get, "/api/v1/packs") { Headers = { Host = "example.org" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(elsewhere, stop)).StatusCode);
    }

    static Task<string> RunAsync(string program, params string[] args) => program == "promtool" ? RunAsync(program, args[0], args[1..]) : RunAsync(program, "", args);

    static async Task<string> RunAsync(string program, string input, string[] args)
    {
        ProcessStartInfo start = new(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return program == "promtool" ? output + await error : output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"skipped: no {program}");
            return "";
        }
    }
}
