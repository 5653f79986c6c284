using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Tests.House;
using CsCheck;

namespace AiBms.Tests.Battery.Control;

public class CoolingControlTests
{
    static readonly PackLayout s_pack = new PackCatalogue(Repo.At("packs")).Find("ev_96s2p_immersion");

    [Theory]
    [InlineData(CoolingMode.Performance)]
    [InlineData(CoolingMode.Balanced)]
    [InlineData(CoolingMode.Eco)]
    public void UnderASteadyLoadTheHottestCellSettlesAtTheTargetWithoutSwinging(CoolingMode mode)
    {
        var loop = new LumpedLoop(s_pack) { AmbientDegC = 25 };
        double target = CoolingSetpoints.Of(mode).HotTargetDegC;
        loop.CellDegC = loop.FluidDegC = target - 6;
        var (low, high, swings) = loop.Run(mode, heatW: 2500, forS: 12 * 3600, settleS: 9 * 3600);
        Assert.InRange(high, target - 1.5, target + 1.5);
        Assert.True(high - low < 0.5, $"{low} to {high}");
        Assert.True(swings <= 2, $"{swings} swings");
    }

    [Fact]
    public void AStepOfHeatIsMetBeforeTheCellIsMuchAboveItsTarget()
    {
        var loop = new LumpedLoop(s_pack) { AmbientDegC = 25, CellDegC = 33, FluidDegC = 29 };
        loop.Run(CoolingMode.Balanced, 300, 3600, 0);
        var (_, high, _) = loop.Run(CoolingMode.Balanced, 3000, 3600, 0);
        Assert.True(high < 36, $"{high}");
    }

    [Fact]
    public void EcoTakesLessEnergyThanBalancedAndThatLessThanPerformance()
    {
        double Energy(CoolingMode mode)
        {
            var loop = new LumpedLoop(s_pack) { AmbientDegC = 30, CellDegC = 30, FluidDegC = 30 };
            loop.Run(mode, 1500, 5400, 0);
            return loop.EnergyJ;
        }

        double performance = Energy(CoolingMode.Performance), balanced = Energy(CoolingMode.Balanced), eco = Energy(CoolingMode.Eco);
        Assert.True(performance > 1.05 * balanced && balanced > 1.05 * eco, $"{performance} {balanced} {eco}");
    }

    [Fact]
    public void AColdPackIsWarmedForChargingAndNeverChilledMeanwhile()
    {
        var loop = new LumpedLoop(s_pack) { AmbientDegC = -10, CellDegC = -10, FluidDegC = -10, IsChargeWanted = true };
        loop.Run(CoolingMode.Balanced, 50, 3 * 3600, 0);
        Assert.InRange(loop.CellDegC, 12, 20);
        Assert.False(loop.ChilledAndHeated);
    }

    [Fact]
    public void OutputsStayWithinTheirEndsWhateverIsMeasured() => Gen.Select(s_number, s_number, s_number, s_number, Gen.Bool).Array[1, 40].Sample(inputs =>
    {
        var control = new CoolingControl(s_pack);
        foreach (var (hot, cold, inlet, heat, wanted) in inputs)
        {
            control.Update(new(hot, cold, inlet, double.IsFinite(heat) ? heat : 0, wanted, 1), CoolingSetpoints.Of(CoolingMode.Balanced));
            foreach (double output in (ReadOnlySpan<double>)[control.PumpDutyFraction, control.ChillerFraction, control.HeaterFraction]) Assert.InRange(output, 0, 1);
            Assert.False(control.ChillerFraction > 0 && control.HeaterFraction > 0);
        }
    }, iter: 500);

    [Fact]
    public void APackThatCannotBeSeenIsPumpedAtFullDuty()
    {
        var control = new CoolingControl(s_pack);
        for (int i = 0; i < 20; i++) control.Update(new(double.NaN, double.NaN, 25, 0, false, 1), CoolingSetpoints.Of(CoolingMode.Eco));
        Assert.Equal(1, control.PumpDutyFraction);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var control = new CoolingControl(s_pack);
        var setpoints = CoolingSetpoints.Of(CoolingMode.Balanced);
        control.Update(new(35, 30, 28, 2000, true, 1), setpoints);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) control.Update(new(35, 30, 28, 2000, true, 1), setpoints);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static readonly Gen<double> s_number = Gen.Frequency((6, Gen.Double[-60, 120]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(1e9)));
}
