using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiBms.Safety.Faults;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>Events by webhook and mail: signed, by level, told again where they were not taken, and not twice over a restart.</summary>
public sealed class NoticeTrials : IDisposable
{
    const string Secret = "a secret of the receiver's";

    /// <summary>Far more than any of it takes, also on a busy machine.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-notices-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EventsAreToldOfOnceAndAgainWhereTheyWereNotTaken()
    {
        var stop = TestContext.Current.CancellationToken;
        int hookPort = RunningServer.FreePort(), mailPort = RunningServer.FreePort();
        using HttpListener hook = new();
        hook.Prefixes.Add($"http://127.0.0.1:{RunningServer.Text(hookPort)}/");
        hook.Start();
        using TcpListener mail = new(IPAddress.Loopback, mailPort);
        mail.Start();
        ConcurrentQueue<(string Signature, string Body)> posts = new();
        ConcurrentQueue<string> mails = new();
        _ = PostsAsync(hook, posts, refusals: 1);
        _ = MailsAsync(mail, mails);
        string notify = Path.Combine(_folder, "notify.json");
        File.WriteAllText(Path.Combine(_folder, "secret"), Secret + "\n");
        File.WriteAllText(notify, $$"""
            {
              "webhooks": [{ "url": "http://127.0.0.1:{{hookPort}}/events", "level": "Info", "secretFile": "secret" }],
              "mails": [{ "host": "127.0.0.1", "port": {{mailPort}}, "isTls": false, "from": "bms@depot.example", "to": "shift@depot.example" }]
            }
            """);
        string[] args = ["serve", "--folder", Path.Combine(_folder, "server"), "--notify", notify];
        using (var server = await RunningServer.StartAsync(stop, args))
        {
            // The ways have to be known before something happens: what was before is not told of.
            string known = Path.Combine(_folder, "server", "notices.json");
            await UntilAsync(() => File.Exists(known) && File.ReadAllText(known) is var text && text.Contains("webhook", StringComparison.Ordinal) && text.Contains("mail ", StringComparison.Ordinal), stop);
            await SendAsync(server, 1, Fault(1), stop);
            await UntilAsync(() => posts.Count >= 2 && !mails.IsEmpty, stop);
            Assert.Equal(0, await server.EndAsync(stop));
        }

        // The first answer was 500: the same body came again.
        Assert.Equal(posts.First(), posts.Last());
        (string signature, string body) = posts.First();
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body))), signature);
        var told = Assert.Single(JsonDocument.Parse(body).RootElement.EnumerateArray());
        Assert.Equal("car-1", told.GetProperty("pack").GetString());
        Assert.Contains("To: shift@depot.example", mails.First(), StringComparison.Ordinal);
        Assert.Contains(told.GetProperty("advice").GetString()![..20], mails.First(), StringComparison.Ordinal);
        using (var server = await RunningServer.StartAsync(stop, args))
        {
            await SendAsync(server, 2, Fault(2), stop);
            await UntilAsync(() => posts.Count >= 3 && mails.Count >= 2, stop);
        }

        Assert.Equal(3, posts.Count);
        var second = Assert.Single(JsonDocument.Parse(posts.Last().Body).RootElement.EnumerateArray());
        Assert.NotEqual(told.GetProperty("id").GetInt64(), second.GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData("{", "cannot be understood")]
    [InlineData("{}", "names nobody")]
    [InlineData("""{"webhooks":[{"url":"ftp://x"}]}""", "give http")]
    [InlineData("""{"webhooks":[{"url":"http://x","secretFile":"none"}]}""", "is not there")]
    [InlineData("""{"mails":[{"host":"mail.example","isTls":false,"from":"a@b","to":"c@d"}]}""", "in the clear")]
    public async Task WhatCannotBeUsedIsOneSentence(string json, string says)
    {
        string notify = Path.Combine(_folder, "notify.json");
        File.WriteAllText(notify, json);
        var ended = await RunningServer.RunAsync(TestContext.Current.CancellationToken, "serve", "--folder", _folder, "--notify", notify);
        Assert.Equal(3, ended.Code);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, ended.Error.Count(c => c == '\n'));
    }

    static Record Fault(long seq) => new(seq, seq, RecordKind.Fault, 1_795_000_000_000 + seq, new FaultEvent { FaultCode = (int)FaultCode.CellVoltageHighSafety, Where = (int)seq, Begins = true, MeasuredValues = [4.31, 4.25] }.ToBytes());

    static async Task SendAsync(RunningServer server, long seq, Record record, CancellationToken stop)
    {
        await using MqttLink link = new(new() { Host = "127.0.0.1", Port = server.MqttPort, Patience = s_patience }, "car-1", _ => { });
        Assert.Equal(SendOutcome.Durable, await link.SendAsync(new("car-1", seq, [record]), stop));
    }

    static async Task UntilAsync(Func<bool> isSo, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        while (!isSo()) await Task.Delay(100, patience.Token);
    }

    static async Task PostsAsync(HttpListener hook, ConcurrentQueue<(string, string)> posts, int refusals)
    {
        while (hook.IsListening)
        {
            var context = await hook.GetContextAsync();
            using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
            posts.Enqueue((context.Request.Headers["X-AiBms-Signature"] ?? "", await reader.ReadToEndAsync()));
            context.Response.StatusCode = refusals-- > 0 ? 500 : 204;
            context.Response.Close();
        }
    }

    /// <summary>As much of a mail server (RFC 5321) as a mail needs.</summary>
    static async Task MailsAsync(TcpListener server, ConcurrentQueue<string> mails)
    {
        while (true)
        {
            using var client = await server.AcceptTcpClientAsync();
            using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
            await using StreamWriter writer = new(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 here");
            while (await reader.ReadLineAsync() is { } line)
            {
                if (!line.StartsWith("DATA", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 well");
                    continue;
                }

                await writer.WriteLineAsync("354 go on");
                StringBuilder mail = new();
                while (await reader.ReadLineAsync() is { } text && text != ".") mail.AppendLine(text);
                mails.Enqueue(mail.ToString());
                await writer.WriteLineAsync("250 taken");
            }
        }
    }
}
