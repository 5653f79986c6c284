using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Tests.Learning.Datasets;

/// <summary>Splits read from names alone: empty files laid out as the publishers' are.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class SplitTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("aibms-splits-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    void Lay(params string[] paths)
    {
        foreach (string path in paths)
        {
            string full = Path.Combine(_root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "");
        }
    }

    static string Names(Dataset set, SplitPart part) => string.Join(", ", set.In(part).Select(file => $"{file.Group} {file.Cycle}"));

    void LayLg() => Lay(
        "lg-18650hg2/1hz/25degC/551_UDDS.csv.gz", "lg-18650hg2/1hz/25degC/551_Mixed1.csv.gz", "lg-18650hg2/1hz/25degC/552_Mixed8.csv.gz",
        "lg-18650hg2/1hz/n10degC/596_LA92.csv.gz", "lg-18650hg2/1hz/n10degC/601_Mixed1.csv.gz", "lg-18650hg2/1hz/n10degC/604_Mixed8.csv.gz",
        "lg-18650hg2/1hz/40degC/562_Mixed4.csv.gz", "lg-18650hg2/1hz/40degC/562_Mixed8.csv.gz");

    [Fact]
    public void LgModelA()
    {
        LayLg();
        var set = LgHg2.Describe(_root);
        Assert.Equal("25 UDDS, -10 LA92", Names(set, SplitPart.Test));
        Assert.Equal("25 Mixed8, -10 Mixed8", Names(set, SplitPart.Choose));
        Assert.Equal("25 Mixed1, -10 Mixed1", Names(set, SplitPart.Train));
        Assert.DoesNotContain(set.Files, file => file.RelativePath.Contains("562_"));
    }

    [Fact]
    public void LgModelBKeepsTheUnseenAmbientOutOfTrainingAndChoosing()
    {
        LayLg();
        var set = LgHg2.DescribeUnseen(_root, -10);
        Assert.Equal("-10 LA92", Names(set, SplitPart.Test));
        Assert.All(set.In(SplitPart.Train).Concat(set.In(SplitPart.Choose)), file => Assert.NotEqual(-10, file.AmbientDegC));
        Assert.Contains("choose one of -10, 25", Assert.Throws<DataException>(() => LgHg2.DescribeUnseen(_root, 7)).Message);
    }

    [Fact]
    public void AMissingSetIsOneSentence() =>
        Assert.Contains("is missing below", Assert.Throws<DataException>(() => K2Lfp.Describe(_root)).Message);

    [Fact]
    public void AnUnsetDataFolderIsOneSentence()
    {
        string? before = Environment.GetEnvironmentVariable(DataFolder.Variable);
        try
        {
            Environment.SetEnvironmentVariable(DataFolder.Variable, null);
            Assert.Contains(DataFolder.Variable, Assert.Throws<DataException>(DataFolder.Locate).Message);
            Environment.SetEnvironmentVariable(DataFolder.Variable, Path.Combine(_root, "nowhere"));
            Assert.Contains("not a folder", Assert.Throws<DataException>(DataFolder.Locate).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataFolder.Variable, before);
        }
    }
}
