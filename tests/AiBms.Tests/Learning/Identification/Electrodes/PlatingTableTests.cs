using AiBms.Battery.Electrochemistry;
using AiBms.Learning.Identification.Electrodes;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Learning.Identification.Electrodes;

/// <summary>The table of plating resistance against what must hold by theory.</summary>
public class PlatingTableTests
{
    /// <summary>The current of the table uses the margin up: by theory it falls with charge, with cold and with time, and U = R·I by definition.</summary>
    [Fact]
    public void ThePlatingTableFallsWithChargeColdAndTime()
    {
        var table = PlatingTableMaker.Of(ModelKind.Spme, PhysicsSets.Of("chen2020"), [0, 25], [0.3, 0.6, 0.9]);
        for (int s = 0; s < 3; s++)
        {
            Assert.True(table.LastingA[0][s] < table.LastingA[1][s]);
            Assert.True(table.LastingA[1][s] < table.PulseA[1][s]);
            if (s > 0) Assert.True(table.LastingA[1][s] < table.LastingA[1][s - 1]);
            Assert.Equal(table.RestV[s], table.LastingOhm[1][s] * table.LastingA[1][s], 1e-12);
        }

        Assert.Equal(1 + 2 * 3, table.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
