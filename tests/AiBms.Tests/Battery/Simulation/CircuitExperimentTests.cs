using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Simulation;

namespace AiBms.Tests.Battery.Simulation;

public class CircuitExperimentTests
{
    static CellType Cell => new CellCatalogue(Path.Combine(House.Repo.Root, "cells")).Find("sample_nmc");

    static (IReadOnlyList<StepResult> Results, List<CircuitPoint> Points) Run(string text, double soc = 0.9, bool isThermal = false)
    {
        List<CircuitPoint> points = [];
        var steps = new ExperimentParser(Cell.CapacityAh, _ => new([0.0, -2, -4, 3, 0])).Parse(text);
        return (new CircuitExperiment(Cell, soc, 25, isThermal).Run(steps, 60, points.Add), points);
    }

    [Fact]
    public void TheWordsOfThePhysicsModelsAreMet()
    {
        (var results, var points) = Run("Discharge at 1C until 3.6 V; Rest for 600 s; Charge at 0.5C until 80 % SOC or 4.2 V; Charge at 0.5C until 4.15 V; Hold at 4.15 V until C/20");
        Assert.Equal([StepEnd.Voltage, StepEnd.Time, StepEnd.Soc, StepEnd.Voltage, StepEnd.Current], results.Select(r => r.End));
        CircuitPoint Last(int step) => points.Last(p => p.StepNumber == step);
        Assert.Equal(3.6, Last(1).VoltageV, 1e-9);
        Assert.Equal(0.8, Last(3).Soc, 1e-9);
        Assert.Equal(4.15, Last(5).VoltageV, 1e-9);
        Assert.Equal(Cell.CapacityAh / 20, Last(5).CurrentA, 1e-6);
        Assert.Equal(results.Sum(r => r.ChargeAh), points[^1].ChargeAh, 1e-12);
    }

    [Fact]
    public void AConstantCurrentIsTheCircuitsOwn()
    {
        (_, var points) = Run("Discharge at 1C for 900 s");
        var model = new TheveninModel(Cell);
        double[] state = new double[model.StateCount];
        model.Rest(state, 0.9);
        for (int i = 0; i < 900; i++) model.Step(state, -Cell.CapacityAh, 25, 1);
        Assert.Equal(model.VoltageV(state, -Cell.CapacityAh, 25), points[^1].VoltageV, 1e-9);
        Assert.Equal(-Cell.CapacityAh / 4, points[^1].ChargeAh, 1e-12);
    }

    [Fact]
    public void PowerAndResistanceAreHeld()
    {
        (var results, var points) = Run("Discharge at 8 W for 300 s; Discharge at 2 ohm for 300 s");
        Assert.Equal(-8, points.Last(p => p.StepNumber == 1).CurrentA * points.Last(p => p.StepNumber == 1).VoltageV, 1e-8);
        Assert.Equal(-2, points[^1].VoltageV / points[^1].CurrentA, 1e-8);
        Assert.Equal(-8.0 / 12, results[0].EnergyWh, 1e-3);
    }

    [Fact]
    public void ADriveCycleMovesTheChargeUnderItsKnots()
    {
        (var results, _) = Run("Drive cycle X");
        Assert.Equal((-1 - 3 - 0.5 + 1.5) / 3600, Assert.Single(results).ChargeAh, 1e-12);
    }

    [Fact]
    public void ALoadWarmsTheCell()
    {
        (_, var points) = Run("Discharge at 2C for 600 s or until 35 degC", isThermal: true);
        Assert.True(points[^1].TemperatureDegC > 26);
    }

    [Theory]
    [InlineData("Charge at 1C until 10 mV margin", "plate")]
    [InlineData("Charge at 1C until 40 degC", "temperature")]
    public void WhatACircuitDoesNotHaveIsNamed(string text, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => Run(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnEmptyCellEndsTheRun() => Assert.Equal(StepEnd.SolutionEnds, Run("Discharge at 1C for 2 hours").Results[0].End);

    [Fact]
    public void AControlOfTheUsersOwnIsFollowed()
    {
        List<CircuitPoint> points = [];
        var step = new ExperimentStep { Text = "own", Mode = StepMode.Control, Control = new ControlFunction((_, currentA, voltageV) => currentA + 0.5 * voltageV), DurationS = 100 };
        new CircuitExperiment(Cell, 0.5, 25, false).Run([step], 10, points.Add);
        Assert.All(points, p => Assert.Equal(-0.5 * p.VoltageV, p.CurrentA, 1e-8));
    }
}
