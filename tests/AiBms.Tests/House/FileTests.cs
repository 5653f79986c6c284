namespace AiBms.Tests.House;

public class FileTests
{
    static IEnumerable<string> Sources => Repo.Tracked.Where(f => Path.GetExtension(f) is ".cs" or ".c" or ".h" && File.Exists(Repo.At(f)));

    [Fact]
    public void NoFileIsTooLong() => Assert.Empty(Sources.SelectMany(f => FileRule.TooLong(f, Repo.Read(f))));

    [Fact]
    public void TheMedianFileIsShort()
    {
        int median = FileRule.Median(Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal)).Select(f => FileRule.LineCount(Repo.Read(f))));
        Assert.InRange(median, 1, FileRule.MedianLines - 1);
    }

    [Fact]
    public void NoTrackedFileNamesAMachinesFolders() => Assert.Empty(Repo.TrackedText.SelectMany(f => FileRule.MachinePaths(f, Repo.Read(f))));

    [Fact]
    public void NoTrackedFileNamesAPackageHost() => Assert.Empty(Repo.TrackedText.SelectMany(f => FileRule.PackageHosts(f, Repo.Read(f))));

    [Fact]
    public void NoTrackedFileHoldsBothSidesOfAMerge() => Assert.Empty(Repo.TrackedText.SelectMany(f => FileRule.Conflicts(f, Repo.Read(f))));

    [Theory]
    [InlineData('<', " HEAD")]
    [InlineData('>', " 0a08ae5 (Some change)")]
    public void APlantedConflictIsFound(char side, string rest) => Assert.Single(FileRule.Conflicts("a", "a\n" + new string(side, 7) + rest + "\nb"));

    [Fact]
    public void NothingIsUnfinished() => Assert.Empty(Sources
        .Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("firmware/", StringComparison.Ordinal))
        .SelectMany(f => FileRule.UnfinishedMarkers(f, Repo.Read(f))));

    [Fact]
    public void AFileHoldsOnePublicTypeOfItsName() =>
        Assert.Empty(Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal)).SelectMany(f => FileRule.PublicTypes(f, Repo.Read(f))));

    [Fact]
    public void ALongFileIsFoundUnlessItSaysWhy()
    {
        string body = string.Concat(Enumerable.Repeat("x\n", FileRule.LongestLines));
        Assert.Empty(FileRule.TooLong("a.cs", body));
        Assert.Single(FileRule.TooLong("a.cs", body + "x"));
        Assert.Empty(FileRule.TooLong("a.cs", "// Long because the table is one\n" + body));
        Assert.Single(FileRule.TooLong("a.cs", "// Long because\n" + body));
    }

    [Fact]
    public void MedianIsTheMiddle()
    {
        Assert.Equal(5, FileRule.Median([1, 900, 5]));
        Assert.Equal(1, FileRule.Median([1, 2]));
        Assert.Equal([0, 1, 1, 2], new[] { "", "a", "a\n", "a\nb" }.Select(FileRule.LineCount));
    }

    [Theory]
    [InlineData("cd /{0}/main", "work")]
    [InlineData("\"/{0}/me/x\"", "home")]
    [InlineData("(/{0}/.cache)", "root")]
    [InlineData("log=/{0}/log", "tmp")]
    [InlineData("C:\\{0}\\me", "Users")]
    public void APlantedPathIsFound(string line, string folder) => Assert.Single(FileRule.MachinePaths("a", line.Replace("{0}", folder, StringComparison.Ordinal)));

    [Theory]
    [InlineData("usr/{0}/x", "home")]
    [InlineData("site/{0}/x", "root")]
    [InlineData("/etc/{0}", "passwd")]
    [InlineData("https://example.com/{0}/x", "home")]
    public void OtherPathsAreNot(string line, string folder) => Assert.Empty(FileRule.MachinePaths("a", line.Replace("{0}", folder, StringComparison.Ordinal)));

    [Theory]
    [InlineData("https://api.nuget.{0}/v3", "org")]
    [InlineData("registry.npmjs.{0}", "org")]
    [InlineData("deb http://deb.debian.{0}/debian", "org")]
    public void APlantedHostIsFound(string line, string end) => Assert.Single(FileRule.PackageHosts("a", line.Replace("{0}", end, StringComparison.Ordinal)));

    [Theory]
    [InlineData("// TO{0}: later", "DO")]
    [InlineData("throw new NotImplemented{0}();", "Exception")]
    [InlineData("/* FIX{0} */", "ME")]
    public void APlantedMarkerIsFound(string line, string end) => Assert.Single(FileRule.UnfinishedMarkers("a", line.Replace("{0}", end, StringComparison.Ordinal)));

    [Fact]
    public void ASecondPublicTypeIsFound()
    {
        Assert.Empty(FileRule.PublicTypes("src/A.cs", "public sealed class A;\nsealed class B;\n"));
        Assert.Equal(["src/A.cs has 2 public types: A, B"], FileRule.PublicTypes("src/A.cs", "public sealed class A;\npublic readonly record struct B;\n"));
        Assert.Equal(["src/A.cs holds C"], FileRule.PublicTypes("src/A.cs", "public enum C { }\n"));
    }
}
