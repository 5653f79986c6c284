using System.Text.RegularExpressions;

namespace AiBms.Tests.House;

/// <summary>Documents do not point at nothing, and the index names them all.</summary>
public class DocTests
{
    static IEnumerable<string> Documents => Repo.Tracked.Where(f => f.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Repo.At(f)));

    [Fact]
    public void EveryLinkLeadsSomewhere() => Assert.Empty(Documents.SelectMany(f => DeadLinks(f, Repo.Read(f))));

    [Fact]
    public void TheIndexNamesEveryDocument()
    {
        string index = Repo.Read("docs/README.md");
        var documents = Documents.Where(f => f.StartsWith("docs/", StringComparison.Ordinal) && f != "docs/README.md");
        Assert.All(documents, f => Assert.Contains($"({f["docs/".Length..]})", index, StringComparison.Ordinal));
    }

    [Fact]
    public void DecisionsAreNumberedOnce()
    {
        string[] numbers = [.. Repo.Files("docs/decisions", "*.md").Select(f => Path.GetFileName(f)[..4])];
        Assert.Equal(numbers.Distinct(), numbers);
    }

    [Fact]
    public void APlantedDeadLinkIsFound()
    {
        Assert.Equal(["docs/README.md: nowhere.md"], DeadLinks("docs/README.md", "[x](nowhere.md) [y](../AGENTS.md) [z](https://example.com/a) [w](#top)"));
        Assert.Equal(["docs/README.md: AGENTS.md"], DeadLinks("docs/README.md", "![x](AGENTS.md)"));
    }

    static IEnumerable<string> DeadLinks(string path, string text) => Regex.Matches(text, @"\]\(([^)\s#]+)(?:#[^)]*)?\)", RegexOptions.None, TimeSpan.FromSeconds(1))
        .Select(match => match.Groups[1].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal))
        .Where(link => !Path.Exists(Path.Combine(Repo.Root, Path.GetDirectoryName(path)!, link)))
        .Select(link => $"{path}: {link}");
}
