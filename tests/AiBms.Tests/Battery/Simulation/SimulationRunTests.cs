using AiBms.Battery.Simulation;
using AiBms.Tests.Battery.Cells;

namespace AiBms.Tests.Battery.Simulation;

public class SimulationRunTests
{
    static readonly SensorOptions Perfect = new()
    {
        VoltageNoiseV = 0,
        VoltageResolutionV = 1e-9,
        CurrentNoiseA = 0,
        CurrentResolutionA = 1e-9,
        CurrentOffsetA = 0,
        CurrentErrorFraction = 0,
        TemperatureNoiseDegC = 0,
        TemperatureResolutionDegC = 1e-9,
    };

    static AiBms.Battery.Cells.CellType Cell => SyntheticCells.TwoPairs() with { Thermal = new(30, 10, 2, 8), Ratings = new(3, 4.2, 2, 20) };

    [Fact]
    public void AChargeNeverExceedsItsVoltageAndFadesToTheCutOff()
    {
        var run = SimulationRun.Of(Cell, [new ChargePhase(50_000, 1, 4.1, 0.1), new RestPhase(60)], new() { StartSoc = 0.2, Sensors = Perfect }, 1);
        // The current is set once a second, from the voltage at the second's start: it may rise a little during the second.
        Assert.InRange(run.VoltageV.Max(), 4.0999, 4.1005);
        double[] charging = run.CurrentA[1..^60];
        Assert.InRange(charging.Max(), 0.999999, 1.000001);
        Assert.InRange(charging[^1], 0.0999, 0.11);
        for (int k = 1; k < charging.Length; k++) Assert.True(charging[k] <= charging[k - 1] + 1e-6);
        Assert.All(run.CurrentA[^60..], currentA => Assert.Equal(0, currentA));
    }

    [Fact]
    public void ADriveEndsAtItsFloor()
    {
        var run = SimulationRun.Of(Cell, [new DrivePhase(100_000, 0.3)], new() { StartSoc = 0.5, Sensors = Perfect }, 1);
        Assert.InRange(run.Soc[^1], 0.29, 0.3);
        Assert.All(run.Soc[..^1], soc => Assert.True(soc > 0.3));
    }

    [Fact]
    public void ADriveKeepsToTheRatings()
    {
        var weak = Cell with { Ratings = new(3, 4.2, 0.5, 1.5) };
        var run = SimulationRun.Of(weak, [new DrivePhase(3000, 0.1)], new() { StartSoc = 0.9, Sensors = Perfect }, 1);
        Assert.Equal(-1.5, run.CurrentA.Min(), 1e-8);
        Assert.Equal(0.5, run.CurrentA.Max(), 1e-8);
    }

    [Fact]
    public void ARestEndsWhenToldByTheClock()
    {
        var run = SimulationRun.Of(Cell, [new RestPhase(100), new RestPhase(1000, UntilS: 250)], new() { IntervalS = 10 }, 1);
        Assert.Equal([.. Enumerable.Range(0, 26).Select(k => 10.0 * k)], run.TimeS);
    }

    [Fact]
    public void PerfectSensorsCountTheChargeOfTheLabel()
    {
        var run = SimulationRun.Of(Cell, [new DrivePhase(3000, 0.1)], new() { StartSoc = 0.9, Sensors = Perfect, Spread = new() { CapacitySpreadFraction = 0 } }, 1);
        Assert.Equal(run.Soc[^1] - run.Soc[0], run.CurrentA[1..].Sum() / 3600 / Cell.CapacityAh, 1e-9);
    }

    [Fact]
    public void SameSeedSameRowsAndAnotherSeedOthers()
    {
        SimulatedRecording run(int seed) => SimulationRun.Of(Cell, [new DrivePhase(600, 0.1)], new() { CellCount = 3, ProbeCount = 2 }, seed);
        Assert.Equal(run(1).CellVoltageV, run(1).CellVoltageV);
        Assert.NotEqual(run(1).CurrentA, run(2).CurrentA);
    }

    [Fact]
    public void APackReadsEveryCellAndTheirSum()
    {
        var run = SimulationRun.Of(Cell, [new DrivePhase(100, 0.1)], new() { CellCount = 3, ProbeCount = 2, StartSoc = 0.8 }, 1);
        Assert.Equal(3, run.CellVoltageV.Length);
        Assert.Equal(2, run.ProbeDegC.Length);
        for (int row = 0; row < run.RowCount; row++) Assert.Equal(run.CellVoltageV.Sum(cell => cell[row]), run.VoltageV[row], 1e-9);
    }

    [Fact]
    public void EveryScenarioRuns()
    {
        foreach (var scenario in Scenario.All)
        {
            var run = SimulationRun.Of(Cell, scenario.Phases(Cell), new() { IntervalS = 60, StartSoc = 0.6 }, 1);
            Assert.InRange(run.RowCount, 60, 1441);
            Assert.All(run.VoltageV, v => Assert.InRange(v, 2.5, 4.3));
        }
    }

    [Fact]
    public void ImpossibleOptionsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulationRun.Of(Cell, [], new() { StartSoc = 1.1 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulationRun.Of(Cell, [], new() { IntervalS = 0.5 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulationRun.Of(Cell, [], new() { CellCount = 2, ProbeCount = 3 }, 1));
    }
}
