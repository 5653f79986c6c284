using AiBms.Cli;
using AiBms.Learning.Datasets;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary>In a fresh clone nothing is trained for the boards of health, life and temperature: they say what to do.</summary>
[Collection(EnvironmentCollection.Name)]
public class FreshCloneTests
{
    [Theory]
    [InlineData("soh")]
    [InlineData("rul")]
    [InlineData("temp")]
    public void ABoardWithoutRungsNamesTheCommand(string board)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-rungs-").FullName;
        try
        {
            var (code, _, error) = CliRun.Of("board", board, "--rungs", folder, "--out", Path.Combine(folder, "out"));
            Assert.Equal(ExitCode.Data, code);
            Assert.Contains($"run './aibms train --model {board} --rungs' first", error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
            Assert.False(Directory.Exists(Path.Combine(folder, "out")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AllBoardsTakeWhatIsStoredWhereNothingIsTrained()
    {
        Assert.SkipWhen(Directory.Exists(Repo.At("models/rungs")), "rungs were trained in this folder");
        string folder = Directory.CreateTempSubdirectory("aibms-all-").FullName, page = Path.Combine(folder, "README.md");
        string? data = Environment.GetEnvironmentVariable(DataFolder.Variable);
        try
        {
            File.Copy(Repo.At("README.md"), page);
            Environment.SetEnvironmentVariable(DataFolder.Variable, null);
            var (_, _, error) = CliRun.Of("board", "all", "--out", folder, "--readme", page);
            foreach (string board in (string[])["soh", "temp", "rul"]) Assert.Contains($"board {board}: not run", error, StringComparison.Ordinal);
            Assert.Contains("Tables of", error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataFolder.Variable, data);
            Directory.Delete(folder, recursive: true);
        }
    }
}
