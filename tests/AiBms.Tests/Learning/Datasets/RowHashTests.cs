using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Datasets;

public class RowHashTests
{
    [Fact]
    public void DifferentRecordingsShareNothing() =>
        Assert.Empty(RowHash.FindShared([.. Enumerable.Range(0, 5).Select(k => MadeUp.Drive(2000, $"{k}.csv", seed: k).Recording)]));

    [Fact]
    public void APlantedStretchIsFoundWhereverItWasPut()
    {
        Recording[] recordings = [.. Enumerable.Range(0, 4).Select(k => MadeUp.Drive(2000, $"{k}.csv", seed: k).Recording)];
        // Twenty rows of recording 1, elsewhere in recording 3.
        Array.Copy(recordings[1].VoltageV, 300, recordings[3].VoltageV, 1500, 20);
        Array.Copy(recordings[1].CurrentA, 300, recordings[3].CurrentA, 1500, 20);
        Array.Copy(recordings[1].TemperatureDegC, 300, recordings[3].TemperatureDegC, 1500, 20);

        var shared = Assert.Single(RowHash.FindShared(recordings));
        Assert.Equal((1, 3), (shared.First, shared.Second));
        // Twenty rows hold thirteen whole windows of eight.
        Assert.Equal(13, shared.Windows);
    }

    [Fact]
    public void RestsThatLookAlikeAreNotShared()
    {
        Recording Rest() => new()
        {
            Name = "rest.csv",
            TimeS = [.. Enumerable.Range(0, 500).Select(k => (double)k)],
            CurrentA = new double[500],
            VoltageV = [.. Enumerable.Repeat(4.18, 500)],
            TemperatureDegC = [.. Enumerable.Repeat(25.0, 500)],
            Flags = new RowFlags[500],
        };
        Assert.Empty(RowHash.FindShared([Rest(), Rest()]));
    }
}
