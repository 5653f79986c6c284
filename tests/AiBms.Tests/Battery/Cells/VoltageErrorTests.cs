using System.Text;
using AiBms.Battery.Cells;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Cells;

public class VoltageErrorTests
{
    static readonly VoltageError s_error = new()
    {
        TemperatureDegC = [-20, 0, 20],
        LoadDeviationV = [0.04, 0.02, 0.01],
        NoiseDeviationV = [0.01, 0.01, 0.01],
        SocFactor = [2, 1, 1],
        LeastSoc = [0.4, 0.2, 0.1],
        RestDeviationV = 0.005,
        CorrelationS = 300,
    };

    [Theory]
    [InlineData(-40, 0.4), InlineData(-20, 0.4), InlineData(-10, 0.3), InlineData(5, 0.175), InlineData(20, 0.1), InlineData(60, 0.1)]
    public void LeastSocIsBetweenItsNodes(double temperatureDegC, double soc) => Assert.Equal(soc, s_error.LeastSocAt(temperatureDegC), 1e-12);

    [Theory]
    [InlineData(-10, 1, 0.03), InlineData(-10, 0.25, 0.045), InlineData(20, -0.1, 0.02)]
    public void LoadErrorGoesWithTemperatureAndCharge(double temperatureDegC, double soc, double errorV) => Assert.Equal(errorV, s_error.LoadDeviationAt(temperatureDegC, soc), 1e-12);

    [Fact]
    public void WhatIsNotKnownIsNothing() => Assert.Equal(0, (s_error with { LeastSoc = null }).LeastSocAt(0));

    [Theory]
    [InlineData("[0.4, 0.2]"), InlineData("[0.4, 0.2, 1.1]")]
    public void ATableThatCannotBeIsRefused(string least)
    {
        string cell = File.ReadAllText(Repo.At("cells/lg_hg2.json")), name = "\"leastSoc\": [";
        int from = cell.IndexOf(name, StringComparison.Ordinal) + name.Length - 1, to = cell.IndexOf(']', from);
        var refused = Assert.Throws<CellException>(() => CellFile.Parse(Encoding.UTF8.GetBytes(cell[..from] + least + cell[(to + 1)..]), "lg_hg2.json"));
        Assert.Contains("leastSoc", refused.Message, StringComparison.Ordinal);
    }
}
