using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;

namespace AiBms.Tests.Server;

public class CellTallyTests
{
    /// <summary>The middle of 3.5, 3.6, 3.6 is 3.6 V: the first cell lacks 0.1 V. What is not believed does not count.</summary>
    [Fact]
    public void TheLowestIsTheOneThatLacksMostOnAverage()
    {
        CellTally tally = new();
        for (int k = 0; k < 10; k++) tally.Add(new() { CellVoltageV = [3.5, 3.6, 3.6] });
        for (int k = 0; k < 10; k++) tally.Add(new() { CellVoltageV = [3.5, 3.6, 0], NotGood = [2, 0, 2] });
        var lowest = tally.Lowest().First();
        Assert.Equal(0, lowest.Cell);
        Assert.InRange(lowest.MeanV, -0.1 - 1e-9, -0.1 + 0.05 + 1e-9);
        Assert.Equal(20, tally.FrameCount);
        Assert.True(tally.Lowest().Single(c => c.Cell == 2).MeanV > -1e-9);
    }
}
