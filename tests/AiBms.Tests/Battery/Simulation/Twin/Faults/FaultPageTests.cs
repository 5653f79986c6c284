using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Simulation.Twin.Faults;

public class FaultPageTests
{
    /// <summary>The page lists every row of the catalogue with its sentence, and no other.</summary>
    [Fact]
    public void ThePageIsTheCatalogue()
    {
        string[] rows = [.. Repo.Read("docs/reference/twin-faults.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(FaultCatalogue.All.Select(k => $"| `{k.Name}` | {k.Description} |"), rows.Select(row => string.Join('|', row.Split('|')[..3]) + "|"));
    }
}
