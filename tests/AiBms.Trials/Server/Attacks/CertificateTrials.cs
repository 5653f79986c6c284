using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>Packs by certificate: what is theirs is taken, everything else is refused and named.</summary>
public sealed class CertificateTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnBatchesAreTakenBothWays()
    {
        using var own = server.Credentials("car-1");
        await using MqttLink mqtt = new(new() { Host = "127.0.0.1", Port = server.MqttsPort, IsTls = true, Credentials = own, Patience = s_patience }, "car-1", _ => { });
        await using HttpLink https = new(server.Address, "car-1", "", "", s_patience, own);
        Assert.True(SendOutcome.Durable == await mqtt.SendAsync(Batch("car-1", 1), Stop), mqtt.LastProblem);
        Assert.True(SendOutcome.Durable == await https.SendAsync(Batch("car-1", 2), Stop), https.LastProblem);
    }

    [Fact]
    public async Task AnotherPacksTopicIsRefused()
    {
        using var own = server.Credentials("car-1");
        Assert.False(await IsTakenAsync(own.Certificate, "car-1", Topics.Batch("car-2"), Batch("car-2", 1)));
        Assert.Contains("The pack car-1 may write aibms/v1/car-1/batch only, not aibms/v1/car-2/batch", server.AuditText, StringComparison.Ordinal);
        Assert.False(await IsTakenAsync(own.Certificate, "car-1", Topics.Command("car-2"), Batch("car-2", 1)));
        // Every try by MQTT is in the log, not those on a batch topic alone.
        Assert.Contains("orders go through the REST API. On aibms/v1/car-2/command.", server.AuditText, StringComparison.Ordinal);
        await using HttpLink https = new(server.Address, "car-2", "", "", s_patience, own);
        Assert.Equal(SendOutcome.Unreachable, await https.SendAsync(Batch("car-2", 1), Stop));
        Assert.Contains("403", https.LastProblem, StringComparison.Ordinal);
        Assert.Contains("may write its own batches only", https.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherPacksOrdersAreNotHeard()
    {
        using var own = server.Credentials("car-1");
        using var client = await ConnectedAsync(own.Certificate, "aibms-car-1");
        foreach (string topic in (string[])["aibms/v1/car-2/command", "aibms/v1/+/command", "#", "aibms/v1/car-2/state", "homeassistant/#", "$SYS/#"])
        {
            var answer = await client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, Stop);
            Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, answer.Items.Single().ResultCode);
        }

        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, (await client.SubscribeAsync(Topics.Command("car-1"), MqttQualityOfServiceLevel.AtLeastOnce, Stop)).Items.Single().ResultCode);
        Assert.Contains("may hear aibms/v1/car-1/command only, not #", server.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyTakesAnotherPacksPlaceByItsName()
    {
        using var own = server.Credentials("car-1");
        using var client = new MqttClientFactory().CreateMqttClient();
        var answer = await client.ConnectAsync(Options(own.Certificate, "aibms-car-2"), Stop);
        Assert.Equal(MqttClientConnectResultCode.ClientIdentifierNotValid, answer.ResultCode);
        Assert.Contains("This one calls itself 'aibms-car-2'.", server.AuditText, StringComparison.Ordinal);
    }

    /// <summary>Frames that were listened to and sent again: by their own pack they are stored once, by another not at all.</summary>
    [Fact]
    public async Task ReplayedFramesAreStoredOnce()
    {
        using var own = server.Credentials("car-1");
        using var other = server.Credentials("car-2");
        var batch = new RecordBatch("car-1", 77, [Frame(1)]);
        Assert.True(await IsTakenAsync(own.Certificate, "car-1", Topics.Batch("car-1"), batch));
        long before = await CountAsync("aibms_records_repeated_total"), stored = await CountAsync("aibms_records_stored_total");
        for (int k = 0; k < 3; k++) Assert.True(await IsTakenAsync(own.Certificate, "car-1", Topics.Batch("car-1"), batch));
        Assert.Equal(before + 3, await CountAsync("aibms_records_repeated_total"));
        Assert.Equal(stored, await CountAsync("aibms_records_stored_total"));
        Assert.False(await IsTakenAsync(other.Certificate, "car-2", Topics.Batch("car-2"), batch));
        Assert.Contains("is of pack car-1, its topic of car-2", await LastRefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertificatesThatDoNotHoldAreRefusedAndNamed()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var expired = Forgery.ByStolenKey(server.Folder, "car-1", now.AddDays(-9), now.AddDays(-1));
        using var unknown = Forgery.ByStolenKey(server.Folder, "car-1", now.AddDays(-1), now.AddDays(1));
        using var foreign = Forgery.ByOwnAuthority("car-1");
        foreach (var (certificate, why) in ((X509Certificate2, string)[])[(expired, "ended on"), (unknown, "was not given out by this server"), (foreign, "not one of this server's authority")])
        {
            Assert.Contains(why, await MqttRefusalAsync(certificate), StringComparison.Ordinal);
            Assert.Contains(why, await HttpsRefusalAsync(certificate), StringComparison.Ordinal);
        }

        Assert.Contains("ended on", server.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutACertificateNothingIsTaken()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        string said = "";
        try
        {
            said = (await client.ConnectAsync(Options(null, "aibms-car-1"), Stop)).ResultCode.ToString();
        }
        catch (Exception cut) when (cut is MqttCommunicationException or IOException or OperationCanceledException)
        {
            said = "cut";
        }

        Assert.True(said is "cut" or "NotAuthorized", said);
        using var nobody = server.As(null);
        using ByteArrayContent body = new(Batch("car-1", 1).ToBytes());
        Assert.Equal(401, (int)(await nobody.PostAsync(HttpLink.PathOf("car-1"), body, Stop)).StatusCode);
    }

    [Fact]
    public async Task ARevokedCertificateIsCutOffAtOnce()
    {
        await server.EnrolAsync("car-3", "red", Stop);
        using var own = server.Credentials("car-3");
        using var client = await ConnectedAsync(own.Certificate, "aibms-car-3");
        TaskCompletionSource cut = new();
        client.DisconnectedAsync += _ =>
        {
            cut.TrySetResult();
            return Task.CompletedTask;
        };
        using var admin = server.As("admin", server.AdminSecret);
        Assert.Equal(204, (int)(await admin.DeleteAsync("api/v1/devices/certificates/" + own.Certificate.SerialNumber, Stop)).StatusCode);
        await cut.Task.WaitAsync(s_patience, Stop);
        Assert.Contains("was revoked on", await MqttRefusalAsync(own.Certificate), StringComparison.Ordinal);
        Assert.Contains("was revoked on", await HttpsRefusalAsync(own.Certificate), StringComparison.Ordinal);
        var renewal = await Assert.ThrowsAsync<DataException>(() => new Enrolment(TimeProvider.System).RenewAsync(own, Stop));
        Assert.Contains("was revoked on", renewal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenEnrolsOnce()
    {
        string token = await server.TokenAsync("car-4", "red", Stop), folder = Path.Combine(server.Folder, "of-car-4");
        Enrolment enrolment = new(TimeProvider.System);
        await enrolment.EnrolAsync(server.Address, token, folder, Stop);
        using (var made = server.Credentials("car-4")) Assert.Equal("car-4", DeviceNames.PackOf(made.Certificate));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "device.pem")));
        await RefusedAsync(token, "was used before");
        await RefusedAsync("nonsense" + token[token.IndexOf('.', StringComparison.Ordinal)..], "is not one of this server's");
        await RefusedAsync(token[..^2] + "00", "is not the one of the token");
        string old = await server.TokenAsync("car-4", "red", Stop, hours: 1e-7);
        await Task.Delay(5, Stop);
        await RefusedAsync(old, "too old");
        Assert.DoesNotContain(token.Split('.')[0], server.AuditText + server.Said, StringComparison.Ordinal);

        async Task RefusedAsync(string with, string why) =>
            Assert.Contains(why, (await Assert.ThrowsAsync<DataException>(() => enrolment.EnrolAsync(server.Address, with, Path.Combine(server.Folder, "none"), Stop))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateIsRenewedByItself()
    {
        using var before = server.Credentials("car-2");
        await new Enrolment(TimeProvider.System).RenewAsync(before, Stop);
        using var after = server.Credentials("car-2");
        Assert.NotEqual(before.Certificate.SerialNumber, after.Certificate.SerialNumber);
        Assert.NotEqual(before.Certificate.GetPublicKeyString(), after.Certificate.GetPublicKeyString());
        Assert.True(await IsTakenAsync(after.Certificate, "car-2", Topics.Batch("car-2"), Batch("car-2", 1)));
        Assert.False(after.IsOld);
    }

    [Fact]
    public async Task AServerThatIsNotTheEnrolledOneIsNotBelieved()
    {
        using var own = server.Credentials("car-1");
        using var foreign = Forgery.ByOwnAuthority("car-1");
        Assert.True(own.Trusts(await ServerCertificateAsync(), SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(own.Trusts(foreign, SslPolicyErrors.RemoteCertificateChainErrors), "a certificate of another authority was believed");
        Assert.False(own.Trusts(own.Certificate, SslPolicyErrors.RemoteCertificateChainErrors), "a pack's certificate was believed to be a server's");
        Assert.False(own.Trusts(await ServerCertificateAsync(), SslPolicyErrors.RemoteCertificateNameMismatch), "another host was believed");
    }

    async Task<X509Certificate2> ServerCertificateAsync()
    {
        using TcpClient line = new("127.0.0.1", server.HttpsPort);
        await using SslStream tls = new(line.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("127.0.0.1");
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }

    static Record Frame(long seq) => new(seq, seq, RecordKind.Frame, 1_795_000_000_000 + seq, new PackFrame { CurrentA = seq }.ToBytes());

    static RecordBatch Batch(string pack, long seq) => new(pack, 1, [Frame(seq)]);

    MqttClientOptions Options(X509Certificate2? certificate, string id) => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", server.MqttsPort).WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(id).WithTimeout(s_patience)
        .WithTlsOptions(tls =>
        {
            tls.UseTls().WithCertificateValidationHandler(_ => true);
            if (certificate is not null) tls.WithClientCertificates([certificate]);
        }).Build();

    async Task<IMqttClient> ConnectedAsync(X509Certificate2 certificate, string id)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var answer = await client.ConnectAsync(Options(certificate, id), Stop);
        Assert.True(answer.ResultCode == MqttClientConnectResultCode.Success, answer.ReasonString);
        return client;
    }

    async Task<bool> IsTakenAsync(X509Certificate2 certificate, string pack, string topic, RecordBatch batch)
    {
        using var client = await ConnectedAsync(certificate, MqttLink.ClientOf(pack));
        try
        {
            return (await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(batch.ToBytes()).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Stop)).IsSuccess;
        }
        catch (Exception cut) when (cut is MqttCommunicationException or IOException)
        {
            return false;
        }
    }

    async Task<string> MqttRefusalAsync(X509Certificate2 certificate)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var answer = await client.ConnectAsync(Options(certificate, "aibms-car-1"), Stop);
        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, answer.ResultCode);
        return answer.ReasonString ?? "";
    }

    async Task<string> HttpsRefusalAsync(X509Certificate2 certificate)
    {
        using HttpClient client = new(new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [certificate], RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        using ByteArrayContent body = new(Batch("car-1", 1).ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue(HttpLink.Cbor) } };
        using var answer = await client.PostAsync(new Uri(server.Address, HttpLink.PathOf("car-1")), body, Stop);
        Assert.Equal(401, (int)answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("detail").GetString()!;
    }

    async Task<long> CountAsync(string name)
    {
        using var admin = server.As("admin", server.AdminSecret);
        string line = (await admin.GetStringAsync("metrics", Stop)).Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    async Task<string> LastRefusalAsync()
    {
        using var admin = server.As("admin", server.AdminSecret);
        return JsonDocument.Parse(await admin.GetStringAsync("health", Stop)).RootElement.GetProperty("lastRefusal").GetString()!;
    }
}
