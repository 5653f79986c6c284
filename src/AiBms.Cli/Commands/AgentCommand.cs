using System.CommandLine;
using AiBms.Agent.Host;
using AiBms.Agent.Settings;
using AiBms.Cli.Shell;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms agent CONFIG</c>: looks after one pack, as the gateway's own program does.</summary>
static class AgentCommand
{
    public static Verb Create()
    {
        var config = new Argument<string?>("config") { Description = "Configuration: pack, source, journal, server.", Arity = ArgumentArity.ZeroOrOne };
        var check = new Option<bool>("--check") { Description = "Only check the configuration and every file that it names." };
        var replay = new Option<string?>("--replay") { Description = "Without a configuration: a recorded pack that is played as if it were live.", HelpName = "FILE" };
        var speed = new Option<double>("--speed") { Description = "Recorded seconds in one of the clock; 0 as fast as it goes.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var server = new Option<string?>("--server") { Description = "Where a replay is sent: mqtt://HOST:PORT or http://HOST:PORT.", HelpName = "URL" };
        var id = new Option<string>("--id") { Description = "The pack's id in a replay.", DefaultValueFactory = _ => "replay", HelpName = "ID" };
        var journal = new Option<string?>("--journal") { Description = "Where a replay's records wait; without it a temporary file, which goes again where nothing is sent.", HelpName = "FILE" };
        var enrol = new Option<string?>("--enrol") { Description = "Get the pack's certificate from the server https://HOST:PORT by a one-time token, and end.", HelpName = "URL" };
        var token = new Option<string?>("--token-file") { Description = "The file that holds the token.", HelpName = "FILE" };
        var credentials = new Option<string?>("--credentials") { Description = "The folder that the certificate goes to: server.credentials of the configuration.", HelpName = "DIR" };
        speed.Takes(n => n is >= 0 and <= 1000, "--speed takes 0 to 1000.");
        var verb = new Verb("agent", "Look after one pack: read, protect, estimate, control, keep a journal, send it to a server.",
            "agent agent.json --check", "agent --replay data/pack-day.csv --speed 60 --server mqtt://127.0.0.1:1883", "agent --enrol https://bms.example:5443 --token-file token --credentials /etc/aibms")
        {
            config, check, replay, speed, server, id, journal, enrol, token, credentials,
        };
        return verb.Does((parsed, talk) =>
        {
            if (parsed.GetValue(enrol) is { } enrolAt) return Enrol(enrolAt, parsed.GetValue(token), parsed.GetValue(credentials), talk);
            string? file = parsed.GetValue(config), record = parsed.GetValue(replay);
            if (file is null == record is null) throw new UsageException("agent takes a configuration, or --replay FILE.");
            var settings = file is not null ? AgentSettingsFile.Read(file) : AgentSettingsFile.Checked(new()
            {
                Pack = new() { Id = parsed.GetValue(id)!, Name = Path.GetFileName(record) },
                Source = new() { Kind = SourceKind.Recording, File = record, SpeedFactor = parsed.GetValue(speed) },
                Journal = new() { Path = parsed.GetValue(journal) ?? Path.Combine(Path.GetTempPath(), $"aibms-replay-{Environment.ProcessId}.db") },
                Server = parsed.GetValue(server) is { } url ? new() { Url = url } : null,
                FrameS = Math.Max(1, parsed.GetValue(speed) / 2),
                EstimatesS = Math.Max(10, 5 * parsed.GetValue(speed)),
            }, "agent", Environment.CurrentDirectory);
            if (parsed.GetValue(check))
            {
                AgentPorts.Check(settings, AgentHome.Find());
                talk.Say("Nothing wrong with it.");
            }
            else
            {
                AgentProgram.RunAsync(settings, talk.Say).GetAwaiter().GetResult();
                if (record is not null && parsed.GetValue(journal) is null) CleanUp(settings, talk);
            }

            return ExitCode.Ok;
        });
    }

    /// <summary>What was to be sent may still wait in the journal; what was to go nowhere has been seen.</summary>
    static void CleanUp(AgentSettings settings, Talk talk)
    {
        string path = settings.Journal.Path;
        if (settings.Server is not null) talk.Say($"What was not sent waits in {path}.");
        else foreach (string end in (ReadOnlySpan<string>)["", "-wal", "-shm"]) File.Delete(path + end);
    }

    static int Enrol(string server, string? tokenFile, string? folder, Talk talk)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var where) || where.Scheme != Uri.UriSchemeHttps) throw new UsageException("--enrol takes the server's address, https://HOST:PORT.");
        if (tokenFile is null || folder is null) throw new UsageException("--enrol needs --token-file FILE and --credentials DIR.");
        if (!File.Exists(tokenFile)) throw new DataException($"The token file {tokenFile} is not there: write the server's token into it.");
        new Enrolment(TimeProvider.System).EnrolAsync(where, File.ReadAllText(tokenFile).Trim(), folder, CancellationToken.None).GetAwaiter().GetResult();
        using var made = DeviceCredentials.Read(folder, TimeProvider.System);
        talk.Say($"The certificate of {DeviceNames.PackOf(made.Certificate)} is in {folder} and holds until {made.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        return ExitCode.Ok;
    }
}
