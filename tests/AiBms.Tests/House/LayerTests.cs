namespace AiBms.Tests.House;

public class LayerTests
{
    [Fact]
    public void ProjectsReferenceOnlyWhatTheTableAllows() => Assert.Empty(
        Repo.Files("src", "*.csproj").SelectMany(f => LayerRule.CheckProject(Path.GetFileNameWithoutExtension(f)["AiBms.".Length..], Repo.Read(f))));

    [Fact]
    public void SourceUsesOnlyWhatTheTableAllows() => Assert.Empty(Repo.Files("src", "*.cs").SelectMany(f => LayerRule.CheckSource(f, Repo.Read(f))));

    [Theory]
    [InlineData("Numerics", """<P><ProjectReference Include="../AiBms.Battery/AiBms.Battery.csproj" /></P>""", "AiBms.Numerics must not reference AiBms.Battery")]
    [InlineData("Edge", """<P><ProjectReference Include="..\AiBms.Storage\AiBms.Storage.csproj" /></P>""", "AiBms.Edge must not reference AiBms.Storage")]
    [InlineData("Safety", """<P><PackageReference Include="Some.Package" /></P>""", "AiBms.Safety uses no package, but references Some.Package")]
    [InlineData("Cli", """<P><PackageReference Include="TorchSharp" /></P>""", "only AiBms.Training may reference TorchSharp")]
    [InlineData("Surprise", "<P/>", "AiBms.Surprise is not in the layer table")]
    public void APlantedReferenceIsFound(string project, string xml, string complaint) => Assert.Equal([complaint], LayerRule.CheckProject(project, xml));

    [Theory]
    [InlineData("src/AiBms.Battery/Cells/X.cs", "using AiBms.Battery.Estimation;", "src/AiBms.Battery/Cells/X.cs is left of Estimation: using AiBms.Battery.Estimation;")]
    [InlineData("src/AiBms.Battery/Units.cs", "using AiBms.Battery.Cells;", "src/AiBms.Battery/Units.cs is left of Cells: using AiBms.Battery.Cells;")]
    [InlineData("src/AiBms.Battery/Cells/X.cs", "var x = new AiBms.Telemetry.Readings.Recording();", "src/AiBms.Battery/Cells/X.cs must not use AiBms.Telemetry: var x = new AiBms.Telemetry.Readings.Recording();")]
    [InlineData("src/AiBms.Safety/X.cs", "using static AiBms.Numerics.Dense;", "src/AiBms.Safety/X.cs must not use AiBms.Numerics: using static AiBms.Numerics.Dense;")]
    [InlineData("src/AiBms.Battery/Cells/X.cs", "namespace AiBms.Battery.Packs;", "src/AiBms.Battery/Cells/X.cs is left of Packs: namespace AiBms.Battery.Packs;", "src/AiBms.Battery/Cells/X.cs should be in namespace AiBms.Battery.Cells")]
    [InlineData("src/AiBms.Battery/Stuff/X.cs", "", "folder Stuff of AiBms.Battery is not in the layer table")]
    public void APlantedUseIsFound(string path, string source, params string[] complaints) => Assert.Equal(complaints, LayerRule.CheckSource(path, source));

    [Theory]
    [InlineData("src/AiBms.Battery/Estimation/Networks/X.cs", "using AiBms.Battery.Cells;\nusing AiBms.Numerics;\nnamespace AiBms.Battery.Estimation.Networks;")]
    [InlineData("src/AiBms.Learning/Boards/X.cs", "using AiBms.Numerics;")]
    [InlineData("src/AiBms.Battery/Cells/X.cs", "// unlike AiBms.Telemetry.Readings")]
    public void AllowedUseIsNotFound(string path, string source) => Assert.Empty(LayerRule.CheckSource(path, source));
}
