using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

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
    public void PulsesWithLongRestsBetweenAreFoundToo()
    {
        // Ten rows of load, thirty of rest, over and over: the current never changes in two rows that follow each other.
        static Recording Pulses(int seed)
        {
            var recording = MadeUp.Drive(2000, "pulses", seed).Recording;
            for (int k = 0; k < recording.RowCount; k++) recording.CurrentA[k] = k % 40 < 10 ? -2 : 0;
            for (int k = 0; k < recording.RowCount; k++) recording.VoltageV[k] = Math.Round(3.6 - 1e-4 * k + 0.05 * recording.CurrentA[k] + 1e-3 * seed, 4);
            return recording;
        }

        var runs = Enumerable.Range(0, 4).Select(k => (Run: Pulses(k), Cell: $"{k}")).ToList();
        Assert.Empty(CopiedRuns.Among(runs));
        runs[3] = (runs[0].Run, "3");
        Assert.Equal([0, 3], CopiedRuns.Among(runs));
    }

    [Fact]
    public void ARecordingThatStandsTwiceUnderOneCellStays()
    {
        var runs = Enumerable.Range(0, 3).Select(k => (Run: MadeUp.Drive(2000, $"{k}", seed: k).Recording, Cell: "one")).ToList();
        runs[2] = (runs[0].Run, "one");
        Assert.Empty(CopiedRuns.Among(runs));
    }
}
