using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Forms that no page here sends: each is refused with one sentence, and none makes the server stumble.</summary>
public sealed partial class FormTrials(FleetServer server) : IClassFixture<FleetServer>
{
    const string Form = "application/x-www-form-urlencoded";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, int, string> Bad => new()
    {
        { "sign-in", Form, new string('k', 3000) + "=1", 400, "The form cannot be read: it may have 16 fields, with names of 64 characters at most." },
        { "sign-in", Form, string.Join('&', Enumerable.Range(0, 2000).Select(n => $"k{n}=1")), 400, "The form cannot be read: it may have 16 fields, with names of 64 characters at most." },
        { "sign-in", Form, "name=" + new string('x', 40_000), 413, "The body is larger than 32 KiB." },
        { "sign-in", "multipart/form-data; boundary=x", "nothing of that boundary", 415, "Send the form as application/x-www-form-urlencoded." },
        { "sign-in", "multipart/form-data", "", 415, "Send the form as application/x-www-form-urlencoded." },
        { "sign-in", "text/plain", "name=x", 415, "Send the form as application/x-www-form-urlencoded." },
        { "sign-out", Form, new string('k', 3000) + "=1", 400, "The form cannot be read: it may have 16 fields, with names of 64 characters at most." },
        { "sign-out", "multipart/form-data; boundary=x", "--y\r\n", 415, "Send the form as application/x-www-form-urlencoded." },
        { "users", Form, "name=x", 415, "No form is taken at /users." },
        { "login", "multipart/form-data; boundary=x", "--y\r\n", 415, "No form is taken at /login." },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task AFormThatIsNoneIsRefused(string path, string kind, string body, int status, string why)
    {
        foreach (string? user in (string?[])[null, "viewer"])
        {
            using var browser = server.As(user);
            using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", kind);
            using var answer = await browser.PostAsync(path, content, Stop);
            string said = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {said}");
            Assert.Equal(why, Sentence().Match(said).Groups[1].Value);
        }

        Assert.DoesNotContain("Exception", server.Said, StringComparison.Ordinal);
    }

    /// <summary>What is no request at all never comes this far: the HTTP library turns it away, with a status and without a word.</summary>
    [Theory]
    [InlineData("/api/v1/packs/car-1%00")]
    [InlineData("/%00")]
    [InlineData("/login%00?x=1")]
    public async Task ACharacterOfNumberZeroInAPathIsRefused(string path)
    {
        using TcpClient line = new("127.0.0.1", server.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), Stop);
        using StreamReader reader = new(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", server.Said, StringComparison.Ordinal);
    }

    [GeneratedRegex("<p>([^<]+)</p>", RegexOptions.None, 1000)]
    private static partial Regex Sentence();
}
