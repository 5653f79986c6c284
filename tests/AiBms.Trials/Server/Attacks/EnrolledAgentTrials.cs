using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;
using AiBms.Telemetry.Mqtt;
using AiBms.Trials.Agent.Live;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Trials.Server.Attacks;

/// <summary>From a token to stored frames by the programs that users run.</summary>
public sealed class EnrolledAgentTrials(FleetServer server) : IClassFixture<FleetServer>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>As docs/guide/security.md has it: <c>agent --enrol</c>, then the gateway's program with the credentials in its configuration.</summary>
    [Fact]
    public async Task AnAgentEnrolsAndSends()
    {
        string folder = Directory.CreateDirectory(Path.Combine(server.Folder, "gateway")).FullName, token = Path.Combine(folder, "token"), credentials = Path.Combine(folder, "credentials"), config = Path.Combine(folder, "agent.json");
        await File.WriteAllTextAsync(token, await server.TokenAsync("car-9", "red", Stop) + "\n", Stop);
        using (RunningProgram enrol = new("AiBms.Cli", "aibms", "agent", "--enrol", server.Address.ToString(), "--token-file", token, "--credentials", credentials))
        {
            enrol.Start();
            Assert.Equal(0, await enrol.WaitAsync(Stop));
        }

        await File.WriteAllTextAsync(config, $$"""
            { "pack": { "id": "car-9", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator", "speedFactor": 20 },
              "journal": { "path": "journal.db" }, "server": { "url": "mqtts://127.0.0.1:{{RunningServer.Text(server.MqttsPort)}}", "credentials": "credentials" } }
            """, Stop);
        using RunningProgram agent = new("AiBms.Edge", "aibms-edge", "--config", config);
        agent.Start();
        using var red = server.As("red");
        while (!(await red.GetStringAsync("api/v1/packs", Stop)).Contains("\"car-9\"", StringComparison.Ordinal)) await Task.Delay(300, Stop);
        Assert.Equal(0, await agent.EndAsync(Stop));
        using var blue = server.As("blue");
        Assert.DoesNotContain("car-9", await blue.GetStringAsync("api/v1/packs", Stop), StringComparison.Ordinal);
    }

    /// <summary>Two months on: the agent gets itself the next certificate, with another key, and sends by it.</summary>
    [Fact]
    public async Task AnOldCertificateIsRenewedOnTheWay()
    {
        await server.EnrolAsync("car-8", "red", Stop);
        string folder = Path.Combine(server.Folder, "of-car-8"), before, after;
        using (var own = server.Credentials("car-8")) before = own.Certificate.SerialNumber;
        OffsetClock later = new(TimeSpan.FromDays(60) + TimeSpan.FromMinutes(1));
        List<string> said = [];
        await using (RenewingLink link = new(folder, credentials => new HttpLink(server.Address, "car-8", "", "", TimeSpan.FromSeconds(20), credentials), later, said.Add))
        {
            Assert.True(SendOutcome.Durable == await link.SendAsync(new("car-8", 1, [new Record(1, 1, RecordKind.Frame, 5, new PackFrame { CurrentA = 1 }.ToBytes())]), Stop), link.LastProblem);
            Assert.True(SendOutcome.Durable == await link.SendAsync(new("car-8", 1, [new Record(2, 2, RecordKind.Frame, 6, new PackFrame { CurrentA = 1 }.ToBytes())]), Stop), link.LastProblem);
        }

        using (var own = server.Credentials("car-8")) after = own.Certificate.SerialNumber;
        Assert.NotEqual(before, after);
        // Once, not with each batch.
        Assert.Contains("was renewed", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains($"\"what\":\"renewed\",\"about\":\"car-8\",\"detail\":\"{after}\"", server.AuditText, StringComparison.Ordinal);
    }
}
