using AiBms.Learning.Identification;
using AiBms.Telemetry;
using Xunit;

namespace AiBms.Tests.Learning.Identification;

/// <summary>What is wrong with a recipe or its data is said in one sentence.</summary>
public sealed class RecipeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("recipe").FullName;

    public RecipeTests()
    {
        Write("cool.csv", "Test Time / s,Voltage / V,Current / A\n" + string.Concat(Enumerable.Range(0, 20).Select(k => $"{k},{3.9 - 0.001 * k:0.0000},-1\n")));
        Write("table.csv", "soc,ocv_v\n0,3.0\n50,3.6\n100,4.2\n");
        Write("text.csv", "soc,ocv_v\n0,3.0\n0.5,high\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("guess", "cool.csv", null, "use 'guess'")]
    [InlineData("fit", "absent*.csv", null, "nothing in the data folder matches absent*.csv")]
    [InlineData("fit", "cool.csv", null, "give temperatureDegC")]
    [InlineData("fit", "cool.csv", "cell 7", "no series cell 7")]
    public void AMistakeInTheFilesIsOneSentence(string use, string path, string? series, string says) =>
        Says(says, () => RecipeData.Load(Of(new() { Path = path, Use = use, Series = series }), _folder));

    [Theory]
    [InlineData("table.csv", "ocv_v", 1, "soc must rise")]
    [InlineData("table.csv", "mean", 100, "no columns soc and mean")]
    [InlineData("table.csv", "ocv_v", 2, "fullSoc is 2")]
    [InlineData("text.csv", "ocv_v", 1, "line 3 has no number")]
    [InlineData("absent.csv", "ocv_v", 1, "0 files")]
    public void AMistakeInATableIsOneSentence(string path, string column, double full, string says) =>
        Says(says, () => RecipeData.Table(Of(new() { Path = path, Use = "ocvTable", OcvColumn = column, FullSoc = full }), _folder));

    [Fact]
    public void AMisspeltMemberIsNamed()
    {
        Write("recipe.json", """{ "id": "x", "capacityAh": 1, "files": [], "capacityMesuredBy": "C/20" }""");
        Says("capacityMesuredBy", () => Recipe.Load(Path.Combine(_folder, "recipe.json")));
    }

    [Fact]
    public void ATableIsReadAtItsNodes()
    {
        var curve = RecipeData.Table(Of(new() { Path = "table.csv", Use = "ocvTable", FullSoc = 100 }), _folder)!;
        Assert.Equal(3.0, curve.At(0), 1e-12);
        Assert.Equal(3.3, curve.At(0.25), 1e-12);
        Assert.Equal(4.2, curve.At(1), 1e-12);
    }

    [Fact]
    public void AModuleIsTakenAsOneOfItsCells()
    {
        var run = RecipeData.Load(Of(new() { Path = "cool.csv", Use = "check", StartSoc = 1, TemperatureDegC = 25, SeriesCells = 3, ParallelCells = 2 }), _folder)[0].Run;
        Assert.Equal(1.3, run.VoltageV[0], 1e-12);
        Assert.Equal(-0.5, run.CurrentA[5], 1e-12);
        Assert.Equal(1 - 0.5 * 19 / 3600 / 2, run.Soc[^1], 1e-9);
    }

    static Recipe Of(RecipeFiles files) => new() { Id = "known", CapacityAh = 2, Files = [files] };

    static void Says(string words, Action action)
    {
        string message = Assert.Throws<DataException>(action).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
