using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Server.Attacks;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server;

/// <summary>Debian's mosquitto between packs and server, by mutual TLS: its acknowledgement means nothing, ours does.</summary>
public sealed class BrokerTrials(FleetServer authority) : IClassFixture<FleetServer>, IDisposable
{
    const string Program = "/usr/sbin/mosquitto";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-broker-").FullName;
    readonly int _port = RunningServer.FreePort();
    Process? _broker;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        KillBroker();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ThroughMosquittoOnlyTheServersWordCounts()
    {
        Assert.SkipUnless(File.Exists(Program), "skipped: no mosquitto (Debian's package mosquitto)");
        await authority.EnrolAsync("aibms-server", "", Stop);
        await WriteAsync();
        StartBroker();
        using var own = authority.Credentials("car-1");
        await using BrokerLink link = new(new() { Host = "127.0.0.1", Port = _port, IsTls = true, Credentials = own, Patience = TimeSpan.FromSeconds(3) }, "car-1", _ => { });
        // The broker takes it and says so; nobody has stored it.
        Assert.Equal(SendOutcome.Unreachable, await UntilAsync(link, Batch("car-1", 1), o => o == SendOutcome.Unreachable && link.LastProblem.Contains("no server says", StringComparison.Ordinal)));

        string folder = Path.Combine(_folder, "server");
        using RunningProgram server = new("AiBms.Server", "aibms-server", "serve", "--folder", folder, "--port", RunningServer.Text(RunningServer.FreePort()), "--mqtt-port", RunningServer.Text(RunningServer.FreePort()),
            "--broker", $"mqtts://127.0.0.1:{RunningServer.Text(_port)}", "--broker-credentials", Path.Combine(authority.Folder, "of-aibms-server"));
        server.Start();
        await server.SaysAsync("ready", Stop);
        Assert.Equal(SendOutcome.Durable, await UntilAsync(link, Batch("car-1", 1), o => o == SendOutcome.Durable));
        long acknowledged = 1;
        // Server and broker are killed in turn, while the pack goes on as an agent does.
        for (int round = 0; round < 4; round++)
        {
            for (int k = 0; k < 20; k++) Assert.Equal(SendOutcome.Durable, await UntilAsync(link, Batch("car-1", acknowledged + 1), o => o == SendOutcome.Durable, () => acknowledged++));
            if (round % 2 == 0)
            {
                server.Kill();
                server.Start();
                await server.SaysAsync("ready", Stop);
            }
            else
            {
                KillBroker();
                StartBroker();
            }
        }

        // Another pack's topic: the broker's list says no, by the name in the certificate.
        await using BrokerLink thief = new(new() { Host = "127.0.0.1", Port = _port, IsTls = true, Credentials = own, Patience = TimeSpan.FromSeconds(2) }, "car-2", _ => { });
        Assert.Equal(SendOutcome.Unreachable, await thief.SendAsync(Batch("car-2", 1), Stop));
        Assert.Equal(SendOutcome.Refused, await UntilAsync(link, new("car-1", 1, [new(acknowledged + 1, acknowledged + 1, RecordKind.Frame, 5, [0xFF])]), o => o == SendOutcome.Refused));
        Assert.Equal(0, await server.EndAsync(Stop));
        using SqliteStore store = new(Path.Combine(folder, "store.db"));
        Assert.Equal(Enumerable.Range(1, (int)acknowledged).Select(n => (long)n), store.Frames("car-1", 0, long.MaxValue, int.MaxValue).Select(r => r.Seq));
        Assert.Equal(["car-1"], store.Packs().Select(p => p.PackId));
        Assert.Equal(0, store.Packs().Single().MissingCount);
    }

    /// <summary>Sends until the outcome is the one that is waited for, as often as an agent would.</summary>
    static async Task<SendOutcome> UntilAsync(BrokerLink link, RecordBatch batch, Func<SendOutcome, bool> isIt, Action? then = null)
    {
        for (int k = 0; k < 60; k++)
        {
            var outcome = await link.SendAsync(batch, Stop);
            if (isIt(outcome))
            {
                then?.Invoke();
                return outcome;
            }

            await Task.Delay(200, Stop);
        }

        Assert.Fail("it never came: " + link.LastProblem);
        return SendOutcome.Unreachable;
    }

    static RecordBatch Batch(string pack, long seq) => new(pack, 1, [new Record(seq, seq, RecordKind.Frame, 1_795_000_000_000 + seq, new PackFrame { CurrentA = seq }.ToBytes())]);

    /// <summary>As docs/guide/security.md has it: who one is stands in the certificate, and the list goes by it.</summary>
    async Task WriteAsync()
    {
        string pem = await File.ReadAllTextAsync(Path.Combine(authority.Folder, "authority.pem"), Stop);
        using var root = X509Certificate2.CreateFromPem(pem, pem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(DeviceNames.Subject("broker"), key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(KeyUses.Server)], true));
        using var signer = root.GetECDsaPrivateKey()!;
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(root.SubjectName, X509SignatureGenerator.CreateForECDsa(signer), now.AddHours(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(15));
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), root.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "broker.pem"), signed.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "broker.key"), key.ExportPkcs8PrivateKeyPem(), Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "acl"), "user aibms-server\ntopic read aibms/v1/+/batch\ntopic write aibms/v1/+/answer\ntopic write aibms/v1/+/command\n\npattern write aibms/v1/%u/batch\npattern read aibms/v1/%u/answer\npattern read aibms/v1/%u/command\n", Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "mosquitto.conf"), $"""
            listener {RunningServer.Text(_port)} 127.0.0.1
            cafile {_folder}/ca.pem
            certfile {_folder}/broker.pem
            keyfile {_folder}/broker.key
            require_certificate true
            use_identity_as_username true
            acl_file {_folder}/acl
            allow_anonymous false
            user {Environment.UserName}

            """, Stop);
    }

    void StartBroker() => _broker = Process.Start(new ProcessStartInfo(Program, ["-c", Path.Combine(_folder, "mosquitto.conf")]) { UseShellExecute = false });

    void KillBroker()
    {
        if (_broker is null) return;
        if (!_broker.HasExited) _broker.Kill();
        _broker.WaitForExit();
        _broker.Dispose();
        _broker = null;
    }
}
