using AiBms.Battery.Estimation.Networks;

namespace AiBms.Tests.Learning.Temperature;

/// <summary>What a forecast looks at of a coolant.</summary>
public class CoolantFeatureTests
{
    [Fact]
    public void AStepOfThePumpStandsOutFromItsMeanAndFadesOver300S()
    {
        CoolantFeatures features = new(["pump_duty"]);
        double[] row = new double[2];
        for (int k = 0; k < 10_000; k++) features.Step(1, [0.2]);
        for (int k = 0; k < 300; k++) features.Step(1, [0.7]);
        features.Fill(caseDegC: 30, row);
        // A mean of this kind is a first-order lag: what is left of a step after one time constant is 1/e of it.
        Assert.Equal(0.7, row[0]);
        Assert.Equal(0.5 * Math.Exp(-1), row[1], 1e-9);
    }

    [Fact]
    public void WhatEntersIsToldAgainstTheCase()
    {
        CoolantFeatures features = new(CoolantFeatures.Signals);
        double[] row = new double[features.Names.Count];
        features.Step(1, [18, 1, 12, 0.9]);
        features.Fill(caseDegC: 30, row);
        Assert.Equal([-12, 0, 1, 0, 12, 0, 0.9, 0], row);
    }

    [Fact]
    public void ASignalThatIsLostIsNotKnownUntilItComesBack()
    {
        CoolantFeatures features = new(["coolant_level"]);
        double[] row = new double[2];
        features.Step(1, [0.9]);
        features.Step(1, [double.NaN]);
        features.Fill(30, row);
        Assert.All(row, value => Assert.True(double.IsNaN(value)));
        features.Step(1, [0.9]);
        features.Fill(30, row);
        Assert.Equal([0.9, 0], row, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void AModelIsAskedForTheSignalsOfItsInputs()
    {
        CoolantFeatures some = new(["coolant_level", "pump_duty"]);
        Assert.Equal(["pump_duty", "coolant_level"], some.Measured);
        Assert.Equal(4, some.Names.Count);
        Assert.Empty(new CoolantFeatures(["chiller"]).Names);
    }
}
