using AiBms.Agent.Chain;
using AiBms.Agent.Protection;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Numerics;
using AiBms.Safety.Faults;
using AiBms.Tests.House;
using FaultText = AiBms.Battery.Simulation.Twin.Faults.FaultText;

namespace AiBms.Tests.Agent.Chain;

/// <summary>A cell that is shorted hard, and taps that look like it: the pack's own voltage tells them apart, and what it cannot tell is never called a wire.</summary>
public class HardShortTests
{
    const string Ev = "ev_96s2p_immersion", Plate = "module_12s_coldplate", Lfp = "stationary_16s1p_lfp";

    /// <summary>
    /// Half of 1C, a short of some milliohms: told within 20 s as what must be taken for a short, by name within 80 s, and from then on the pack has
    /// no charge to rely on and no power. No tap and no probe is blamed, no event says "Tap, not cell".
    /// </summary>
    [Theory]
    [InlineData(Plate, 0.003, 5, 120, 1), InlineData(Plate, 0.003, 5, 120, 2), InlineData(Plate, 0.003, 5, 120, 3)]
    [InlineData(Plate, 0.01, 5, 120, 1), InlineData(Plate, 0.01, 5, 120, 2), InlineData(Plate, 0.01, 5, 120, 3)]
    [InlineData(Plate, 0.03, 5, 120, 1), InlineData(Plate, 0.03, 5, 120, 2), InlineData(Plate, 0.03, 5, 120, 3)]
    [InlineData(Plate, 0.01, 4, 300, 1)]
    [InlineData(Ev, 0.001, 3, 60, 1), InlineData(Ev, 0.001, 3, 60, 2)]
    [InlineData(Ev, 0.01, 3, 300, 1), InlineData(Ev, 0.01, 3, 300, 2)]
    [InlineData(Lfp, 0.003, 5, 300, 1), InlineData(Lfp, 0.003, 5, 300, 2)]
    public void AHardShortIsNoTap(string pack, double ohm, int cell, int atS, int seed)
    {
        var loop = Loop(pack, 0.8, seed, FormattableString.Invariant($"internal-short:V{cell}={ohm}@{atS}"));
        double toldS = double.PositiveInfinity, namedS = double.PositiveInfinity, capacityAh = loop.Chain.Estimator.Group.CapacityAh;
        for (int k = 0; k < atS + 240; k++)
        {
            Step(loop, TwinLoad.Current(-0.5 * capacityAh, 25), k);
            var findings = loop.Chain.State.Findings;
            Assert.False(findings.Has(FindingKind.CellSensor) || findings.Has(FindingKind.ProbeSensor), $"at {k} s: {string.Join(", ", findings.Items.ToArray().Select(f => $"{f.Kind} {f.Cell}"))}");
            if (findings.Has(FindingKind.CellDrop, cell - 1) || findings.Has(FindingKind.InternalLeak, cell - 1)) toldS = Math.Min(toldS, k - atS);
            if (findings.Has(FindingKind.InternalLeak, cell - 1)) namedS = Math.Min(namedS, k - atS);
            while (loop.Chain.Events.TryTake(out var e)) Assert.False(e.IsTap, e.Sentence);
        }

        var state = loop.Chain.State;
        Assert.InRange(toldS, 0, 25);
        Assert.InRange(namedS, 0, 80);
        Assert.Equal(LowCellKind.Leak, state.Imbalance.LowCells[cell - 1]);
        // The doubt about the pack is not one about its other cells.
        Assert.Single(state.Imbalance.LowCells, kind => kind is LowCellKind.Leak or LowCellKind.Sensor or LowCellKind.Dropped);
        Assert.All([state.Soc.Validity, state.Validity, state.CellValidity[cell - 1]], v => Assert.Equal(SocValidity.ModelDoubtful, v));
        Assert.All(state.Discharge.Concat(state.Charge), limit => Assert.Equal((0.0, PowerBinding.CellFault, cell - 1), (limit.PowerW, limit.Binding, limit.Cell)));
        Assert.NotEqual(SocValidity.Valid, state.Energy.Validity);
        Assert.True(state.Findings.Has(FindingKind.CoreTemperature, cell - 1));
    }

    /// <summary>The same without the pack's voltage: nobody can say whose it is, so it is told as either, and no power is given.</summary>
    [Theory]
    [InlineData("internal-short:V5=0.01@300")]
    [InlineData("sensor-offset:V5=-0.5@300")]
    public void WithoutThePacksVoltageNobodyIsBlamed(string fault)
    {
        var loop = Loop(Plate, 0.8, 1, fault, "sensor-dropout:PackVoltageV");
        for (int k = 0; k < 360; k++)
        {
            Step(loop, TwinLoad.Current(-30, 25), k);
            Assert.False(loop.Chain.State.Findings.Has(FindingKind.CellSensor));
        }

        Assert.True(loop.Chain.State.Findings.Has(FindingKind.CellDrop, 4) || loop.Chain.State.Findings.Has(FindingKind.InternalLeak, 4));
        Assert.All(loop.Chain.State.Discharge, limit => Assert.Equal(0, limit.PowerW));
    }

    /// <summary>A tap that falls as far leaves the pack's voltage where it is: it is told as a tap, the pack keeps its charge, and nobody warns of a runaway.</summary>
    [Theory]
    [InlineData(Plate, "sensor-offset:V5=-0.2", 1), InlineData(Plate, "sensor-offset:V5=-0.2", 2), InlineData(Plate, "sensor-offset:V5=-0.5", 3)]
    [InlineData(Plate, "sensor-offset:V5=-1", 1), InlineData(Ev, "sensor-offset:V3=-0.3", 1), InlineData(Ev, "sensor-offset:V3=-1.1", 2)]
    [InlineData(Lfp, "sensor-offset:V5=-0.3", 1)]
    public void ATapThatFallsFarIsATap(string pack, string fault, int seed)
    {
        const int AtS = 300;
        var loop = Loop(pack, 0.8, seed, $"{fault}@{AtS}");
        int cell = fault.Contains("V3", StringComparison.Ordinal) ? 2 : 4;
        double foundS = double.PositiveInfinity, capacityAh = loop.Chain.Estimator.Group.CapacityAh;
        for (int k = 0; k < AtS + 120; k++)
        {
            Step(loop, TwinLoad.Current(-0.3 * capacityAh * (1 + 0.5 * Math.Sin(0.1 * k)), 25), k);
            foreach (var finding in loop.Chain.State.Findings.Items)
            {
                Assert.Equal((FindingKind.CellSensor, cell), (finding.Kind, finding.Cell));
                foundS = Math.Min(foundS, k - AtS);
            }
        }

        Assert.InRange(foundS, 0, 60);
        Assert.False(loop.Chain.Safety.Runaway.Active);
        // On LFP's plateau a start without a rest is not known to 2 %, tap or not.
        if (pack != Lfp) Assert.Equal(loop.Twin.Truth.CellSoc[cell * loop.Twin.Layout.ParallelCount], loop.Chain.State.CellSoc[cell], 0.02);
    }

    /// <summary>What no cell shows is a tap where the pack's voltage stays, whichever way it is off; a cell that falls to nothing is none.</summary>
    [Theory]
    [InlineData("sensor-offset:V5=-3.9", true)]
    [InlineData("sensor-offset:V5=1.2", true)]
    [InlineData("sensor-offset:V5=62.6", true)]
    [InlineData("internal-short:V5=0.001", false)]
    public void WhatNoCellShowsIsATapOnlyWhereThePackSaysSo(string fault, bool isTap)
    {
        var loop = Loop(Plate, 0.8, 1, $"{fault}@300");
        int told = 0;
        for (int k = 0; k < 480; k++)
        {
            Step(loop, TwinLoad.Rest(25), k);
            while (loop.Chain.Events.TryTake(out var e))
            {
                if (!e.Begins || e.Where != 4 || e.Code == FaultCode.ThermalRunaway || FaultCatalogue.Row(e.Code).Place != FaultPlace.Cell) continue;
                Assert.Equal(isTap, e.IsTap);
                told++;
            }

            if (isTap) Assert.False(loop.Chain.State.Findings.Has(FindingKind.CellDrop) || loop.Chain.State.Findings.Has(FindingKind.InternalLeak));
        }

        Assert.NotEqual(0, told);
    }

    /// <summary>What a short burns is in the temperatures: the hot spot is that cell, and the truth lies within what is told to be unsure.</summary>
    [Theory]
    [InlineData(Ev, 17, 1), InlineData(Ev, 17, 2), InlineData(Plate, 5, 1), InlineData(Plate, 3, 2)]
    public void AFoundShortHeatsItsCell(string pack, int cell, int seed)
    {
        var loop = Loop(pack, 0.9, seed, $"internal-short:V{cell}=0.1@600");
        var drive = new DrivePower(new(), SeededStream.For((ulong)seed, "drive"));
        double share = loop.Chain.Estimator.Group.CapacityAh * loop.Twin.Layout.SeriesCount * 3.65 / new VehicleOptions().BatteryEnergyWh;
        for (int k = 0; k < 2700; k++) Step(loop, TwinLoad.Power(share * drive.NextW(), 30), k);
        var state = loop.Chain.State;
        int parallel = loop.Twin.Layout.ParallelCount;
        double trueDegC = Enumerable.Range((cell - 1) * parallel, parallel).Max(c => loop.Twin.Truth.CoreDegC[c]);
        Assert.True(state.Findings.Has(FindingKind.InternalLeak, cell - 1));
        Assert.Equal(cell - 1, state.HotSpot.Cell);
        Assert.InRange(trueDegC, state.HotSpot.TemperatureDegC - 2.5 * state.HotSpot.TemperatureDegCDeviation, state.HotSpot.TemperatureDegC + 2.5 * state.HotSpot.TemperatureDegCDeviation);
        Assert.True(state.HotSpot.TemperatureDegC > 45, $"{state.HotSpot}, true {trueDegC}");
        Assert.Equal(LowCellKind.Leak, state.Imbalance.LowCells[cell - 1]);
    }

    static void Step(TwinLoop loop, in TwinLoad load, int k) => loop.Step(new(true, new(false, 1, CoolingSetpoints.Of(CoolingMode.Balanced))), load, k < 5 ? 0.1 : 1);

    static TwinLoop Loop(string pack, double startSoc, int seed, params string[] faults)
    {
        var twin = TwinHome.Load(Repo.Root, pack);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{pack}.json")), pack).ToLimits(twin.Layout);
        return new(twin with { Seed = seed, StartSoc = startSoc, StartDegC = 25, Faults = [.. faults.Select(f => FaultText.Parse(f, twin.Layout))] }, limits);
    }
}
