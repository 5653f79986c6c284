using System.Text.RegularExpressions;

namespace AiBms.Tests.House;

/// <summary>What docs/reference/asvs.md claims has a test that is there.</summary>
public sealed partial class AsvsTests
{
    /// <summary>A long trial is named by its trait, everything else by its class.</summary>
    [Fact]
    public void EachClaimNamesATestThatIsThere()
    {
        string page = File.ReadAllText(Path.Combine(Repo.Root, "docs", "reference", "asvs.md"));
        string kept = page[page.IndexOf("## Kept", StringComparison.Ordinal)..page.IndexOf("## Read, not tested", StringComparison.Ordinal)];
        string tests = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repo.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var rows = kept.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(l[2])).Select(l => l.Split('|')[3].Trim()).ToList();
        Assert.True(rows.Count > 30, $"{rows.Count} claims were found");
        foreach (string row in rows)
        {
            string[] names = [.. Names().Matches(Aside().Replace(row, "")).Select(m => m.Value)];
            Assert.NotEmpty(names);
            foreach (string name in names)
                Assert.True(tests.Contains($"class {name}", StringComparison.Ordinal) || tests.Contains($"[Trait(\"Long\", \"{name}\")]", StringComparison.Ordinal) || (name == "fuzzing" && tests.Contains("class FuzzTrials", StringComparison.Ordinal)), $"'{name}' is no test: {row}");
        }
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Aside();

    [GeneratedRegex(@"[A-Za-z][A-Za-z-]+")]
    private static partial Regex Names();
}
