namespace AiBms.Tests.Safety;

public class ScenarioTests
{
    static readonly Scenario[] s_all = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Safety", "Scenarios"), "*.txt").Order(StringComparer.Ordinal)
        .SelectMany(file => Scenario.Read(File.ReadAllText(file)))];

    public static TheoryData<string> Names => [.. s_all.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void BehavesAsTheTableSays(string name) => s_all.Single(s => s.Name == name).Run();

    [Fact]
    public void ThereAreAtLeastSixtyAndTheirNamesDiffer()
    {
        Assert.True(s_all.Length >= 60);
        Assert.Equal(s_all.Length, s_all.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count());
    }
}
