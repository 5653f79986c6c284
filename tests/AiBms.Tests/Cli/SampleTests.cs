using System.CommandLine.Parsing;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary>The samples in data/ are labelled as simulated, and their command makes the same bytes again.</summary>
public class SampleTests
{
    const string MadeBy = "# Made by: aibms ";

    public static TheoryData<string> Samples() => [.. Repo.Files("data", "*.csv")];

    [Theory]
    [MemberData(nameof(Samples))]
    public void ItsCommandMakesItAgain(string path)
    {
        string text = Repo.Read(path);
        string[] head = text.Split('\n', 4);
        Assert.StartsWith("# Simulated", head[0], StringComparison.Ordinal);
        Assert.StartsWith(MadeBy, head[1], StringComparison.Ordinal);
        var (code, output, error) = CliRun.Of([.. CommandLineParser.SplitCommandLine(head[1][MadeBy.Length..])]);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") == "1") File.WriteAllText(Repo.At(path), output);
        else Assert.True(text == output, $"{path} is not what its command makes; see data/README.md");
    }

    [Fact]
    public void TheReadmeNamesEachWithItsCommand()
    {
        string readme = Repo.Read("data/README.md");
        Assert.All(Repo.Files("data", "*.csv"), path =>
        {
            Assert.Contains(Path.GetFileName(path), readme, StringComparison.Ordinal);
            Assert.Contains(Repo.Read(path).Split('\n')[1]["# Made by: ".Length..], readme, StringComparison.Ordinal);
        });
    }
}
