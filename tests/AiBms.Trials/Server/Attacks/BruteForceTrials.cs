using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AiBms.Trials.Agent.Live;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Many passwords, and a log that somebody wrote in: each on a server of its own, since afterwards it is no longer as it was.</summary>
public sealed partial class BruteForceTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PasswordsAreNotTriedOutAndTheLogShowsIt()
    {
        await ElsewhereAsync();
        await ByFormAsync();
        int tried = 0;
        // Where a minute begins in the middle, the count begins anew once: three times as many come into one whole minute for sure.
        for (int k = 0; k < 30; k++)
        {
            using var guess = server.As("red", "guess number " + RunningServer.Text(k));
            Assert.Equal(401, (int)(await guess.GetAsync("api/v1/me", Stop)).StatusCode);
            tried++;
        }

        using var right = server.As("red");
        using var other = server.As("blue");
        Assert.Equal(401, (int)(await right.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.Equal(401, (int)(await other.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.InRange(server.AuditText.Split("refused sign-in").Length - 1, 10, 3 * tried);
        // What was not even looked at is written too, once a minute of an address.
        Assert.InRange(server.AuditText.Split("the password was not looked at").Length - 1, 1, 10);
        Assert.Equal(0, await server.EndAsync(Stop));
        await TamperAsync();
    }

    /// <summary>Whoever signed in right is known again where that was: from another address the right password is worth no more than a wrong one once too many were tried.</summary>
    async Task ElsewhereAsync()
    {
        const string elsewhere = "127.0.0.2";
        using var here = server.As("viewer");
        Assert.Equal(200, (int)(await here.GetAsync("api/v1/me", Stop)).StatusCode);
        long minute = 0;
        // Thirty in one minute: with the next one the count begins anew.
        for (int k = 0, inMinute = 0; inMinute < 30; k++)
        {
            using var guess = server.As("viewer", "guess number " + RunningServer.Text(k), elsewhere);
            Assert.Equal(401, (int)(await guess.GetAsync("api/v1/me", Stop)).StatusCode);
            long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60;
            (inMinute, minute) = (now == minute ? inMinute + 1 : 1, now);
        }

        using var right = server.As("viewer", from: elsewhere);
        Assert.Equal(401, (int)(await right.GetAsync("api/v1/me", Stop)).StatusCode);
        Assert.Equal(200, (int)(await here.GetAsync("api/v1/me", Stop)).StatusCode);
    }

    /// <summary>A name that was tried too often leaves a trace of the next try by a form too, from wherever that comes.</summary>
    async Task ByFormAsync()
    {
        const string from = "127.0.0.3";
        using var browser = server.As(null, from: from);
        string guard = GuardField().Match(await browser.GetStringAsync("login", Stop)).Groups[1].Value;
        // Where a minute ends in between, the count begins anew once.
        for (int round = 0; round < 3 && !IsNamed(); round++)
        {
            for (int k = 0; k < 11; k++)
            {
                using var guess = server.As("eve", "guess number " + RunningServer.Text(k), "127.0.0.4");
                await guess.GetAsync("api/v1/me", Stop);
            }

            using var answer = await browser.PostAsync("sign-in", new FormUrlEncodedContent([new("name", "eve"), new("secret", "another guess"), new("back", "/"), new("__RequestVerificationToken", guard)]), Stop);
            Assert.Equal(302, (int)answer.StatusCode);
        }

        Assert.True(IsNamed(), "the try by a form is not in the log");

        bool IsNamed() => Array.Exists(server.AuditText.Split('\n'), l => l.Contains($"\"who\":\"{from}\",\"what\":\"refused sign-in\",\"about\":\"eve\"", StringComparison.Ordinal) && l.Contains("was not looked at", StringComparison.Ordinal));
    }

    async Task TamperAsync()
    {
        string path = Path.Combine(server.Folder, "audit.log");
        string[] lines = await File.ReadAllLinesAsync(path, Stop);
        string head = $"{lines.Length}:{lines[^1][..64]}", half = $"{lines.Length / 2}:{lines[lines.Length / 2 - 1][..64]}";
        Assert.Equal((0, ""), await VerifyAsync(lines));
        Assert.Equal((0, ""), await VerifyAsync(lines, half));
        Assert.Equal((6, "line 3 is not what was written"), await VerifyAsync([.. lines.Select((l, n) => n == 2 ? l.Replace("\"who\":\"", "\"who\":\"x", StringComparison.Ordinal) : l)]));
        Assert.Equal((6, "line 3 is not what was written"), await VerifyAsync([.. lines.Where((_, n) => n != 2)]));
        Assert.Equal((6, "line 3 is not what was written"), await VerifyAsync([.. lines[..2], lines[3], lines[2], .. lines[4..]]));
        Assert.Equal((6, "The end was cut off"), await VerifyAsync(lines[..^2]));
        // A server that starts on it does not end by itself.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        var (code, said) = await RunningServer.RunAsync(patience.Token, "serve", "--folder", server.Folder, "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()));
        Assert.Equal((3, 1), (code, said.Trim().Split('\n').Length));
        Assert.Contains($"it had {lines.Length} entries, now {lines.Length - 2}. The end was cut off.", said, StringComparison.Ordinal);
        // All of it anew, with hashes that fit and the server's own note taken away: only a head that was noted elsewhere shows it.
        string[] anew = new string[lines.Length];
        string hash = new('0', 64);
        for (int n = 0; n < lines.Length; n++)
        {
            string json = lines[n][65..].Replace("red", "pat", StringComparison.Ordinal);
            hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash + "\n" + json)));
            anew[n] = hash + " " + json;
        }

        File.Delete(Path.Combine(server.Folder, "audit.head"));
        Assert.Equal((0, ""), await VerifyAsync(anew));
        Assert.Equal((6, "is not the one of the head that was given"), await VerifyAsync(anew, head));
    }

    async Task<(int Code, string Said)> VerifyAsync(string[] lines, string? head = null)
    {
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "audit.log"), string.Join('\n', lines) + "\n", Stop);
        using RunningProgram verify = new("AiBms.Server", "aibms-server", ["audit", "verify", "--folder", server.Folder, .. head is null ? Array.Empty<string>() : ["--head", head]]);
        verify.Start();
        int code = await verify.WaitAsync(Stop);
        if (code == 0) return (0, "");
        for (int k = 0; k < 100 && verify.Said.Count == 0; k++) await Task.Delay(20, Stop);
        string said = string.Join('|', verify.Said);
        string[] known = ["line 3 is not what was written", "The end was cut off", "is not the one of the head that was given"];
        return (code, Array.Find(known, k => said.Contains(k, StringComparison.Ordinal)) ?? said);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex GuardField();
}
