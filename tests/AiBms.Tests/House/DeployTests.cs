using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiBms.Tests.House;

/// <summary>What lies in deploy/ speaks of things that there are.</summary>
public class DeployTests
{
    [Fact]
    public void TheDashboardAsksForMetricsThatTheServerHas()
    {
        string dashboard = Repo.Read("deploy/grafana/fleet.json"), server = Repo.Read("src/AiBms.Server/Api/HealthApi.cs");
        var panels = JsonDocument.Parse(dashboard).RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.All(panels, p => Assert.NotEmpty(p.GetProperty("targets").EnumerateArray()));
        string[] asked = [.. Regex.Matches(dashboard, "aibms_[a-z_]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).Distinct()];
        string[] told = [.. Regex.Matches(server, "\"(aibms_[a-z_]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Groups[1].Value).Distinct()];
        Assert.All(asked, name => Assert.Contains(name, told));
        // Nothing that is told stays unseen.
        Assert.All(told, name => Assert.Contains(name, asked));
    }

    [Theory]
    [InlineData("deploy/systemd/aibms-server.service", "src/AiBms.Server/ServerCommand.cs")]
    [InlineData("deploy/systemd/aibms-edge.service", "src/AiBms.Edge/Program.cs")]
    public void AUnitUsesOptionsThatThereAre(string unit, string program)
    {
        string start = Repo.Read(unit).Split('\n').Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal)), source = Repo.Read(program);
        foreach (string option in start.Split(' ').Where(w => w.StartsWith("--", StringComparison.Ordinal))) Assert.Contains($"\"{option}\"", source, StringComparison.Ordinal);
    }
}
