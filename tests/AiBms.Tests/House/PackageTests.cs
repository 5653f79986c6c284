namespace AiBms.Tests.House;

public class PackageTests
{
    const string Header = "| package | what for | licence |\n|---|---|---|\n";

    [Fact]
    public void EveryPackageStandsInTheDecisions() => Assert.Empty(PackageRule.Check(Repo.Read("Directory.Packages.props"), Repo.Read("docs/decisions/0001-packages.md")));

    [Theory]
    [InlineData("| A.B | does | MIT |", "A.C", "A.C has no row with role and licence", "A.B is listed but not used")]
    [InlineData("| A.B | does | GPL-3.0 |", "A.B", "A.B: GPL-3.0 is not a licence we take")]
    [InlineData("| A.B | does | MIT |", "A.B")]
    public void PlantedPackagesAreFound(string row, string package, params string[] complaints) => Assert.Equal(complaints,
        PackageRule.Check($"""<Project><PackageVersion Include="{package}" Version="1" /></Project>""", Header + row + "\n"));
}
