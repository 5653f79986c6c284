using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Simulation.Twin;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Battery.Simulation.Twin;

/// <summary>Packs whose cells are single particle models: the laws of any pack, and the voltages of the models themselves.</summary>
public class TwinParticleLaws
{
    static PackTwinOptions Options(string pack, ModelKind kind) => TwinRig.Real(pack) with { StartSoc = 0.6, Physics = new(PhysicsSets.Of("chen2020"), kind) };

    /// <summary>What goes in at the terminals is held or becomes heat, whatever the electrodes do.</summary>
    [Theory]
    [InlineData(TwinRig.Ev, ModelKind.Spm)]
    [InlineData(TwinRig.Module, ModelKind.Spme)]
    public void EnergyBalances(string pack, ModelKind kind)
    {
        var options = Options(pack, kind);
        var twin = TwinRig.OnLine(options);
        double scaleJ = 0, capacityAh = options.Cell.CapacityAh * options.Layout.ParallelCount;
        for (int n = 0; n < 900; n++)
        {
            double currentA = capacityAh * (0.8 * Math.Sin(n / 90.0) - 0.3);
            twin.Step(TwinLoad.Current(currentA, 20), 1);
            scaleJ += Math.Abs(currentA * twin.Truth.TerminalVoltageV);
        }

        var sums = twin.Truth.Ledger;
        Assert.Equal(0, (sums.TerminalJ - sums.StoredJ - sums.CellHeatJ - sums.BusbarHeatJ - sums.CableHeatJ - sums.BleedJ) / scaleJ, 1e-9);
        Assert.True(sums.CellHeatJ > 0);
    }

    /// <summary>One cell of the pack against the model alone, at 0.5C and then at rest; its warming by less than 2 K moves kinetics by a millivolt or two.</summary>
    [Theory]
    [InlineData(ModelKind.Spm)]
    [InlineData(ModelKind.Spme)]
    public void ACellShowsTheModelsVoltage(ModelKind kind)
    {
        var set = PhysicsSets.Of("chen2020");
        var options = TwinRig.Plain(TwinRig.Module) with { StartSoc = 0.7, Physics = new(set, kind) };
        var twin = TwinRig.OnLine(options);
        var balance = new ElectrodeBalance(set);
        double cellA = 0.5 * balance.CapacityAh, packA = -cellA * options.Cell.CapacityAh / balance.CapacityAh * options.Layout.ParallelCount;
        var runner = new ExperimentRunner(CellFactory.Create(kind, set, Resolution.Normal, false));
        (double negative, double positive) = balance.Stoichiometries(0.7);
        runner.Rest(negative, positive);
        foreach (var (currentA, steps) in ((double, int)[])[(packA, 600), (0, 300)])
        {
            for (int n = 0; n < steps; n++) twin.Step(TwinLoad.Current(currentA, 25), 1);
            runner.Run(new() { Text = "as the pack", Mode = StepMode.Current, HeldNumber = currentA == 0 ? 0 : -cellA, DurationS = steps }, 1);
            double expectedV = runner.State[^1];
            Assert.Equal(expectedV, twin.Truth.GroupVoltageV[3], 3e-3);
        }
    }

    [Fact]
    public void WhatNoPackCanHaveIsRefused()
    {
        Assert.Throws<ArgumentException>(() => new PackTwin(Options(TwinRig.Module, ModelKind.Dfn)));
        Assert.Contains("ecker2015", Assert.Throws<ArgumentException>(() => new PackTwin(TwinRig.Real(TwinRig.Module) with { Physics = new(PhysicsSets.Of("ecker2015"), ModelKind.Spm) })).Message, StringComparison.Ordinal);
    }
}
