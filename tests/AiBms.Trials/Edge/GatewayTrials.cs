using System.Globalization;
using AiBms.Telemetry.Frames;
using AiBms.Trials.House;
using Microsoft.Data.Sqlite;

namespace AiBms.Trials.Edge;

/// <summary>The agent compiled ahead of time for linux-arm64 works under qemu-user and writes what the agent of this machine writes.</summary>
[Trait("Long", "gateway")]
public sealed class GatewayTrials(Arm64Agent agent, ITestOutputHelper output) : IClassFixture<Arm64Agent>, IDisposable
{
    const int LeastFrames = 5, RecordedRows = 300;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-gateway-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>No OpenSSL is there for it: looking after a pack and keeping its journal needs none.</summary>
    [Fact]
    public void WithoutOpenSslItLooksAfterAPack()
    {
        agent.Need();
        Same(new("""{ "kind": "Simulator" }""", "module_12s_coldplate"), [], LeastFrames);
    }

    /// <summary>A recording is hashed as it is read, which is OpenSSL's part: Debian's package is brought for it.</summary>
    [Fact]
    public void WithDebiansOpenSslItPlaysARecording()
    {
        agent.Need();
        string library = Arm64Agent.Libssl(Path.Combine(_folder, "apt")), file = Path.Combine(_folder, "day.csv");
        File.WriteAllLines(file, File.ReadLines(Path.Combine(Clone.Root, "data", "pack-day.csv")).Take(RecordedRows));
        Same(new($$"""{ "kind": "Recording", "file": "{{file}}", "speedFactor": 0 }""", null), ["-E", "LD_LIBRARY_PATH=" + library], RecordedRows - 10);
    }

    sealed record Asked(string Source, string? Layout);

    void Same(Asked asked, string[] own, int least)
    {
        var (here, _) = Run("here", asked, "dotnet", Path.Combine(Clone.Root, "src", "AiBms.Cli", "bin", "Release", "net10.0", "aibms.dll"), "agent", "agent.json");
        var (there, estimates) = Run("there", asked, ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", .. own, agent.Program, "--config", "agent.json"]);
        int both = Math.Min(here.Count, there.Count);
        output.WriteLine($"linux-arm64: {agent.Bytes / 1e6:F1} MB, {there.Count} records, {estimates} of them estimates; {both} compared");
        Assert.InRange(both, least, int.MaxValue);
        Assert.Equal(here.Take(both), there.Take(both));
    }

    /// <summary>Runs an agent until its record ends or half a minute is over; frames and estimates of its journal, as text.</summary>
    (List<string> Records, int Estimates) Run(string name, Asked asked, params string[] program)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, layout = asked.Layout is null ? "" : $", \"layout\": \"{asked.Layout}\"";
        File.WriteAllText(Path.Combine(folder, "agent.json"), $$"""{ "pack": { "id": "car-1"{{layout}} }, "source": {{asked.Source}}, "journal": { "path": "journal.db" } }""");
        var (code, _, error) = Clone.Run(folder, "env", ["AIBMS_HOME=" + Clone.Root, "timeout", "--preserve-status", "-s", "TERM", "30", .. program]);
        Assert.True(code == 0, error);
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT kind, body FROM records WHERE kind IN ({(int)RecordKind.Frame}, {(int)RecordKind.Estimates}) ORDER BY seq");
        using var rows = command.ExecuteReader();
        List<string> records = [];
        int estimates = 0;
        while (rows.Read())
        {
            byte[] body = (byte[])rows.GetValue(1);
            if (rows.GetInt32(0) == (int)RecordKind.Estimates)
            {
                // What is of the agent itself, as its age, is another in every run.
                var made = PackEstimates.Of(body);
                made.AgentValues = [];
                body = made.ToBytes();
                estimates++;
            }

            records.Add(Convert.ToHexString(body));
        }

        return (records, estimates);
    }
}
