using AiBms.Learning.Datasets;

namespace AiBms.Tests.Learning.Datasets;

public class CopiedRunsTests
{
    [Fact]
    public void ARecordingUnderTheNamesOfTwoCellsIsLeftOutOfBoth()
    {
        var runs = Enumerable.Range(0, 5).Select(k => (Run: MadeUp.Drive(2000, $"{k}", seed: k).Recording, Cell: k < 3 ? "one" : "two")).ToList();
        runs[4] = (runs[1].Run, "two");
        Assert.Equal([1, 4], CopiedRuns.Among(runs));
    }

    [Fact]
    public void ARecordingThatStandsTwiceUnderOneCellStays()
    {
        var runs = Enumerable.Range(0, 3).Select(k => (Run: MadeUp.Drive(2000, $"{k}", seed: k).Recording, Cell: "one")).ToList();
        runs[2] = (runs[0].Run, "one");
        Assert.Empty(CopiedRuns.Among(runs));
    }
}
