using AiBms.Battery.Simulation;
using AiBms.Numerics;
using AiBms.Tests.Battery.Cells;
using CsCheck;

namespace AiBms.Tests.Battery.Simulation;

public class SimulatedPackTests
{
    static readonly SpreadOptions NoSpread = new() { CapacitySpreadFraction = 0, ResistanceSpreadFraction = 0, OcvSpreadV = 0, StartSpreadSoc = 0, AmbientSpreadDegC = 0 };

    static AiBms.Battery.Cells.CellType Cell => SyntheticCells.TwoPairs() with { Thermal = new(30, 10, 2, 8) };

    [Fact]
    public void OneHourAtOneAmpereMovesOneAmpereHour()
    {
        var pack = new SimulatedPack(Cell, 2, 0.8, 25, NoSpread, new(1));
        for (int s = 0; s < 3600; s++) pack.Step(-1, 25, 1);
        Assert.Equal(0.8 - 1.0 / 2, pack.MeanSoc, 1e-12);
        Assert.All(pack.Cells, cell => Assert.InRange(cell.CaseDegC, 25.01, 30)); // lost energy warms
        Assert.All(pack.Cells, cell => Assert.True(cell.CoreDegC > cell.CaseDegC));
    }

    [Fact]
    public void TheCurrentForAPowerMakesThatPower() =>
        Gen.Double[-40, 40].Sample(powerW =>
        {
            var pack = new SimulatedPack(Cell, 4, 0.5, 25, new(), new(3));
            double currentA = pack.CurrentForA(powerW);
            return Math.Abs(currentA * pack.Cells.Sum(cell => cell.VoltageUnderV(currentA)) - powerW) < 1e-3;
        });

    [Fact]
    public void TheChargeCurrentPutsTheHighestCellAtTheLimit()
    {
        var pack = new SimulatedPack(Cell, 4, 0.9, 25, new(), new(3));
        double limitV = pack.Cells.Max(cell => cell.VoltageV) + 0.02;
        double currentA = pack.ChargeCurrentA(50, limitV);
        Assert.InRange(currentA, 0.01, 49);
        Assert.Equal(limitV, pack.Cells.Max(cell => cell.VoltageUnderV(currentA)), 1e-6);
        Assert.Equal(0.1, pack.ChargeCurrentA(0.1, limitV)); // well below the limit: all that is allowed
    }

    [Fact]
    public void MadeCellsScatterAsOptionedAndTheirOcvRises()
    {
        var noise = new SeededStream(8);
        var spread = new SpreadOptions { CapacitySpreadFraction = 0.02, ResistanceSpreadFraction = 0.1, OcvSpreadV = 1 }; // an absurd bump, to be made smaller
        var cells = Enumerable.Range(0, 4000).Select(_ => MadeCell.Draw(Cell, spread, noise)).ToList();
        Assert.All(cells, cell => Assert.Null(cell.Circuit!.Fault()));
        double deviation(Func<AiBms.Battery.Cells.CellType, double> of) => Math.Sqrt(cells.Average(c => (of(c) - 1) * (of(c) - 1)));
        Assert.Equal(0.02, deviation(c => c.CapacityAh / 2), 0.02 * 0.05); // 4 standard errors: 4/√(2·4000) = 4.5 %
        Assert.Equal(0.1, deviation(c => c.Circuit!.SeriesResistanceOhm[1][1] / 0.02), 0.1 * 0.05);
    }

    [Fact]
    public void TheMiddleOfAPackIsWarmer()
    {
        var pack = new SimulatedPack(Cell, 5, 0.5, 20, NoSpread with { AmbientSpreadDegC = 4 }, new(1));
        Assert.Equal([20, 22, 24, 22, 20], pack.Cells.Select(cell => cell.CaseDegC));
    }

    [Fact]
    public void ACellWithoutThermalNumbersIsRefused() =>
        Assert.Throws<ArgumentException>(() => new SimulatedPack(SyntheticCells.TwoPairs(), 1, 0.5, 25, NoSpread, new(1)));
}
