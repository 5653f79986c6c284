using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Thermal;

namespace AiBms.Tests.Battery.Estimation.Packs;

public class ThermalFilterTests
{
    static readonly CoreCaseParameters s_cell = new(60, 20, 1.5, 4);

    /// <summary>Truth is the same two nodes with half as much heat again as is told, in surroundings that are not told.</summary>
    static (ThermalFilter Filter, double CoreDegC, double CaseDegC) Follow(double factor, double aroundDegC, int steps)
    {
        var truth = new CoreCaseModel(s_cell);
        var filter = new ThermalFilter(s_cell);
        double core = aroundDegC, shell = aroundDegC;
        filter.Begin(shell);
        for (int k = 0; k < steps; k++)
        {
            double heatW = k / 300 % 2 == 0 ? 3 : 0.5;
            truth.Step(ref core, ref shell, factor * heatW, aroundDegC, 1);
            filter.Predict(heatW, 1);
            filter.Correct(shell, 0.15);
        }

        return (filter, core, shell);
    }

    [Theory]
    [InlineData(1, 25), InlineData(1.5, 10), InlineData(0.6, 40)]
    public void CoreSurroundingsAndHeatAreFoundFromTheCase(double factor, double aroundDegC)
    {
        var (filter, core, _) = Follow(factor, aroundDegC, 3600);
        Assert.Equal(core, filter.CoreDegC, 3 * filter.CoreDegCDeviation);
        Assert.InRange(filter.CoreDegCDeviation, 0, 0.6);
        Assert.Equal(factor, filter.HeatFactor, 0.1 * factor);
        Assert.Equal(aroundDegC, filter.SurroundingsDegC, 3 * filter.SurroundingsDegCDeviation);
    }

    [Theory]
    [InlineData(10), InlineData(300), InlineData(3000)]
    public void TheForecastIsWhatTheNodesDo(double timeS)
    {
        var (filter, _, _) = Follow(1, 25, 3600);
        var truth = new CoreCaseModel(s_cell);
        double core = filter.CoreDegC, shell = filter.CaseDegC;
        truth.Step(ref core, ref shell, 2 * filter.HeatFactor, filter.SurroundingsDegC, timeS);
        var ahead = filter.Ahead(2, 0, timeS);
        Assert.Equal(core, ahead.CoreDegC, 1e-9);
        Assert.Equal(shell, ahead.CaseDegC, 1e-9);
    }

    [Fact]
    public void FurtherAheadIsLessSure()
    {
        var (filter, _, _) = Follow(1, 25, 3600);
        double[] deviations = [.. PackState.ForecastTimesS.Select(t => filter.Ahead(2, 1, t).CaseDegCDeviation)];
        Assert.Equal(deviations.Order(), deviations);
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        var (filter, _, _) = Follow(1, 25, 600);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++)
        {
            filter.Predict(1, 1);
            filter.Correct(30, 0.1);
            filter.Ahead(1, 0.1, 60);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
