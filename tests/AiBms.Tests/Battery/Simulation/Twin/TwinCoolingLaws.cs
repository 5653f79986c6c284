using AiBms.Battery.Simulation.Twin;

namespace AiBms.Tests.Battery.Simulation.Twin;

public class TwinCoolingLaws
{
    [Fact]
    public void CellsDownTheFlowAreHotter()
    {
        var twin = Loaded(pump: 0.6);
        for (int k = 1; k < twin.Truth.FluidDegC.Length; k++) Assert.True(twin.Truth.FluidDegC[k] > twin.Truth.FluidDegC[k - 1]);
        Assert.True(twin.Truth.CaseDegC[^1] > twin.Truth.CaseDegC[0] + 1);
        Assert.True(twin.Truth.CoreDegC[^1] > twin.Truth.CaseDegC[^1]);
    }

    /// <summary>Turned round, the same pack is the same picture turned round: cells and segments are alike, and only the busbar's end differs.</summary>
    [Fact]
    public void AFlowTurnedRoundMirrorsThePack()
    {
        var (there, back) = (Loaded(pump: 0.6), Loaded(pump: 0.6, reversed: true));
        double[] forth = [.. there.Truth.FluidDegC], mirrored = [.. back.Truth.FluidDegC];
        for (int k = 0; k < forth.Length; k++) Assert.Equal(forth[k], mirrored[^(k + 1)], 0.15);
        Assert.True(mirrored[0] > mirrored[^1]);
    }

    [Fact]
    public void MoreFlowIsColderAndEvener()
    {
        PackTwin[] twins = [Loaded(0), Loaded(0.3), Loaded(0.6), Loaded(1)];
        for (int n = 1; n < twins.Length; n++)
        {
            Assert.True(Hottest(twins[n]) < Hottest(twins[n - 1]));
            Assert.True(twins[n].Truth.FlowLPerMin > twins[n - 1].Truth.FlowLPerMin);
            Assert.True(twins[n].Truth.PumpW > twins[n - 1].Truth.PumpW);
        }
    }

    /// <summary>At full duty, warm, the layout's own flow and power; thick cold fluid takes some of both.</summary>
    [Fact]
    public void ThePumpMeetsItsDesignAndTheColdSlowsIt()
    {
        double at(double degC)
        {
            var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Ev) with { StartDegC = degC });
            twin.Write(TwinRig.Command(twin, pump: 1));
            twin.Step(TwinLoad.Rest(degC), 0.01);
            Assert.InRange(twin.Truth.PumpW, 0, 120 + 1e-6);
            // Less goes into the fluid as pressure times flow than the pump draws.
            Assert.InRange(twin.Truth.PumpPressureKPa * twin.Truth.FlowLPerMin / 60, 0, twin.Truth.PumpW);
            return twin.Truth.FlowLPerMin;
        }

        Assert.Equal(20, at(20), 1e-6);
        Assert.InRange(at(-20), 0.5, 10);
        Assert.InRange(at(40), 20, 25);
    }

    /// <summary>Warm coolant over a radiator and nothing else falls to the surroundings as exp(−t·UA/C), and not below.</summary>
    [Fact]
    public void ARadiatorCoolsToTheSurroundingsAndNotBelow()
    {
        const double AroundDegC = 20, WarmDegC = 40, WPerK = 150;
        var plain = TwinRig.Plain(TwinRig.Ev);
        var layout = plain.Layout with { Cooling = plain.Layout.Cooling with { MaxChillerW = 0, RadiatorWPerK = WPerK, RadiatorFanW = 80, Geometry = plain.Layout.Cooling.Geometry! with { HousingWPerK = 0 } } };
        var twin = TwinRig.OnLine(plain with { Layout = layout, StartDegC = WarmDegC });
        twin.Write(TwinRig.Command(twin, pump: 1, chiller: 1));
        double beforeJ = 0, givenJ = 0;
        for (int n = 0; n < 40_000; n++)
        {
            twin.Step(TwinLoad.Rest(AroundDegC), 1);
            if (n == 0) Assert.Equal(WPerK * (WarmDegC - AroundDegC), twin.Truth.ChillerHeatW, 0.05 * WPerK * (WarmDegC - AroundDegC));
            Assert.Equal(80, twin.Truth.ChillerElectricalW, 1e-9);
            Assert.True(twin.Truth.TankDegC > AroundDegC);
            (beforeJ, givenJ) = (givenJ, givenJ + twin.Truth.ChillerHeatW);
        }

        // What the pump makes is what the radiator gives off in the end: the tank stays so far above the surroundings.
        Assert.Equal(AroundDegC + twin.Truth.PumpW / WPerK, twin.Truth.TankDegC, 0.05);
        Assert.Equal(twin.Truth.PumpW, givenJ - beforeJ, 0.02 * twin.Truth.PumpW);
    }

    /// <summary>At a steady state the fluid carries off what is made: flow · heat capacity · rise = heat of cells and busbars.</summary>
    [Fact]
    public void TheFluidsRiseIsTheHeatOverTheStream()
    {
        var options = TwinRig.Plain(TwinRig.Ev);
        var twin = TwinRig.OnLine(options);
        twin.Write(TwinRig.Command(twin, pump: 1, chiller: 0.35));
        // To and fro within a minute: heat without a change of charge.
        for (int n = 0; n < 20_000; n++) twin.Step(TwinLoad.Current(n / 30 % 2 == 0 ? 150 : -150, 25), 1);
        double beforeJ = twin.Truth.Ledger.CellHeatJ + twin.Truth.Ledger.BusbarHeatJ;
        double rise = 0, fluidDegC = 0;
        const int window = 6000;
        for (int n = 0; n < window; n++)
        {
            twin.Step(TwinLoad.Current(n / 30 % 2 == 0 ? 150 : -150, 25), 1);
            rise += twin.Truth.OutletDegC - twin.Truth.TankDegC;
            foreach (double degC in twin.Truth.FluidDegC) fluidDegC += degC / twin.Truth.FluidDegC.Length;
        }

        var fluid = options.Fluid!.At((twin.Truth.OutletDegC + twin.Truth.TankDegC) / 2);
        double streamWPerK = fluid.DensityKgPerM3 * fluid.HeatCapacityJPerKgK * twin.Truth.FlowLPerMin / 60_000;
        double heatW = (twin.Truth.Ledger.CellHeatJ + twin.Truth.Ledger.BusbarHeatJ - beforeJ) / window;
        // Through the housing of the segments, which have 16 of its 17 parts, comes a little from the surroundings.
        heatW += options.Layout.Cooling.Geometry!.HousingWPerK * 16 / 17 * (25 - fluidDegC / window);
        Assert.InRange(rise / window * streamWPerK / heatW, 0.99, 1.01);
    }

    [Fact]
    public void TheHeaterWarmsAndTheChillerCools()
    {
        double after(double chiller, double heater)
        {
            var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Module));
            twin.Write(TwinRig.Command(twin, pump: 1, chiller: chiller, heater: heater));
            for (int n = 0; n < 600; n++) twin.Step(TwinLoad.Rest(25), 1);
            return twin.Truth.CoreDegC[5];
        }

        Assert.True(after(1, 0) < after(0, 0) - 2);
        Assert.True(after(0, 1) > after(0, 0) + 2);
    }

    static PackTwin Loaded(double pump, bool reversed = false)
    {
        var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Ev));
        twin.Write(TwinRig.Command(twin, pump: pump, chiller: 0.3, reversed: reversed));
        for (int n = 0; n < 900; n++) twin.Step(TwinLoad.Current(n / 60 % 2 == 0 ? 200 : -200, 25), 1);
        return twin;
    }

    static double Hottest(PackTwin twin)
    {
        double hottest = double.NegativeInfinity;
        foreach (double degC in twin.Truth.CoreDegC) hottest = Math.Max(hottest, degC);
        return hottest;
    }
}
