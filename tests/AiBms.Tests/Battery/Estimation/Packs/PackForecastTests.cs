using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Tests.Battery.Cells;

namespace AiBms.Tests.Battery.Estimation.Packs;

/// <summary>Power and energy ahead, on truths that are the estimator's own circuit: what is promised must then come.</summary>
public class PackForecastTests
{
    static readonly CellType s_cell = SyntheticCells.TwoPairs() with { Ratings = new(3.1, 4.1, 6, 20) };

    static (TruePack Pack, PackEstimator Estimator, PackState State) Warm(double soc, int steps, EnergyLoad? load = null, Func<int, double>? own = null)
    {
        var pack = new TruePack(3, i => own?.Invoke(i) ?? soc);
        var estimator = new PackEstimator(pack.Layout, s_cell, new() { Energy = new() { EveryS = 1 } });
        if (load is { } stated) estimator.EnergyLoad = stated;
        estimator.Start(SocStart.Told(soc, 0.01));
        var state = new PackState(pack.Layout);
        for (int k = 0; k < steps; k++) estimator.Update(pack.Step(TruePack.DriveA(k)), state);
        return (pack, estimator, state);
    }

    [Theory]
    [InlineData(0.3), InlineData(0.6), InlineData(0.9)]
    public void AStatedDischargeCanBeHeld(double soc)
    {
        for (int k = 0; k < 3; k++)
        {
            var (pack, _, state) = Warm(soc, 900);
            Assert.True(state.Discharge[k].CurrentA > 0);
            double lowest = double.PositiveInfinity;
            for (int t = 0; t < PackState.PowerTimesS[k]; t++) lowest = Math.Min(lowest, pack.Step(-state.Discharge[k].CurrentA).CellVoltageV.Min());
            Assert.True(lowest >= 3.1, $"{PackState.PowerTimesS[k]} s: {lowest} V");
        }
    }

    [Theory]
    [InlineData(0.3), InlineData(0.6), InlineData(0.9)]
    public void AStatedChargeCanBeHeld(double soc)
    {
        for (int k = 0; k < 3; k++)
        {
            var (pack, _, state) = Warm(soc, 900);
            double highest = 0;
            for (int t = 0; t < PackState.PowerTimesS[k]; t++) highest = Math.Max(highest, pack.Step(state.Charge[k].CurrentA).CellVoltageV.Max());
            Assert.True(highest <= 4.1, $"{PackState.PowerTimesS[k]} s: {highest} V");
        }
    }

    [Fact]
    public void LongerMeansLessAndNoMoreThanRated()
    {
        var (_, _, state) = Warm(0.6, 900);
        Assert.Equal(state.Discharge.Select(d => d.CurrentA).OrderDescending(), state.Discharge.Select(d => d.CurrentA));
        Assert.Equal(state.Charge.Select(c => c.CurrentA).OrderDescending(), state.Charge.Select(c => c.CurrentA));
        Assert.All(state.Discharge, d => Assert.InRange(d.CurrentA, 0, 20));
        Assert.All(state.Charge, c => Assert.InRange(c.CurrentA, 0, 6));
        Assert.Equal(PowerBinding.RatedCurrent, state.Charge[0].Binding);
    }

    [Fact]
    public void TheLowCellBindsDischargeAndTheHighCellCharge()
    {
        var (_, _, state) = Warm(0.4, 900, own: i => i == 1 ? 0.25 : i == 2 ? 0.9 : 0.5);
        Assert.Equal((PowerBinding.CellVoltage, 1), (state.Discharge[2].Binding, state.Discharge[2].Cell));
        Assert.Equal(2, state.Charge[3].Cell);
    }

    /// <summary>OCV 3.0 + 1.2 z and a voltage limit of 3.1 V: the energy is then ∫ V dQ of a discharge that is carried out.</summary>
    [Theory]
    [InlineData(0.2), InlineData(2)]
    public void StatedEnergyComesOut(double loadA)
    {
        var (pack, _, state) = Warm(0.8, 900, EnergyLoad.OfCurrent(loadA));
        double energyWh = 0;
        while (true)
        {
            double[] v = pack.Step(-loadA, 2).CellVoltageV;
            if (v.Min() < 3.1) break;
            energyWh += loadA * v.Sum() * 2 / 3600;
        }

        // The truth stays at 25 °C and has no thermal numbers: only SOC and step length differ.
        Assert.Equal(energyWh, state.Energy.EnergyWh, Math.Max(0.02 * energyWh, 2 * state.Energy.EnergyWhDeviation));
        Assert.InRange(state.Energy.EnergyWhDeviation, 0, 0.1 * energyWh);
        Assert.InRange(state.UsableSoc.Soc, 0, 1);
    }

    /// <summary>What no recording has shown of the last charge counts by half and widens the band, as an even chance of any part of it does.</summary>
    [Fact]
    public void WhatWasNeverSeenCountsByHalf()
    {
        const double leastSoc = 0.3, loadA = 0.05, emptySoc = 0.1 / 1.2;
        VoltageError error = new() { TemperatureDegC = [0, 50], LoadDeviationV = [0, 0], NoiseDeviationV = [0.001, 0.001], RestDeviationV = 0.001, CorrelationS = 300 };
        PackState Of(double[]? least)
        {
            var cell = s_cell with { VoltageError = error with { LeastSoc = least } };
            var pack = new TruePack(3, _ => 0.8);
            var estimator = new PackEstimator(pack.Layout, cell, new() { Energy = new() { EveryS = 1 } }) { EnergyLoad = EnergyLoad.OfCurrent(loadA) };
            estimator.Start(SocStart.Told(0.8, 0.01));
            var state = new PackState(pack.Layout);
            for (int k = 0; k < 300; k++) estimator.Update(pack.Step(TruePack.DriveA(k)), state);
            return state;
        }

        var (seen, unseen, partly) = (Of(null), Of([leastSoc, leastSoc]), Of([0.05, 0.05]));
        Assert.Equal(seen.Energy, partly.Energy);

        // The OCV is a straight line and the load next to nothing; a discharge in thought goes in steps of 0.004.
        double unseenAh = (leastSoc - emptySoc) * s_cell.CapacityAh, unseenWh = 3 * unseenAh * (3 + 1.2 * (leastSoc + emptySoc) / 2);
        Assert.Equal(unseenWh / 2, seen.Energy.EnergyWh - unseen.Energy.EnergyWh, 0.02 * unseenWh);
        Assert.Equal(unseenAh / loadA * 3600 / 2, seen.Energy.TimeS - unseen.Energy.TimeS, 0.02 * unseenAh / loadA * 3600);
        Assert.Equal((leastSoc - emptySoc) / 2, seen.UsableSoc.Soc - unseen.UsableSoc.Soc, 0.02 * leastSoc);
        double Size(PackState state) => new EnergyOptions().CapacityFractionDeviation * state.Energy.EnergyWh;
        double added = Math.Pow(unseen.Energy.EnergyWhDeviation, 2) - Math.Pow(Size(unseen), 2) - Math.Pow(seen.Energy.EnergyWhDeviation, 2) + Math.Pow(Size(seen), 2);
        Assert.Equal(unseenWh * unseenWh / 12, added, 0.05 * unseenWh * unseenWh / 12);
    }

    /// <summary>A trip that is told, with what it brings back, driven again and again until the first cell is at its limit.</summary>
    [Fact]
    public void TheEnergyOfAToldProfileComesOut()
    {
        double[] profileW = [.. Enumerable.Range(0, 90).Select(k => 12 * Math.Sin(0.2 * k) + (k < 60 ? 14 : -2))];
        var (pack, _, state) = Warm(0.8, 900, EnergyLoad.OfProfile(profileW, 1));
        double energyWh = 0, volts = pack.Reading.CellVoltageV.Sum();
        for (int k = 0; ; k++)
        {
            double[] v = pack.Step(-profileW[k % 90] / volts).CellVoltageV;
            if (v.Min() < 3.1) break;
            energyWh += profileW[k % 90] * v.Sum() / volts / 3600;
            volts = v.Sum();
        }

        Assert.Equal(energyWh, state.Energy.EnergyWh, Math.Max(0.02 * energyWh, 2 * state.Energy.EnergyWhDeviation));

        // The peaks reach the limit before the mean power would: a profile is not its mean.
        var (_, _, mean) = Warm(0.8, 900, EnergyLoad.OfPower(profileW.Average()));
        Assert.True(state.Energy.EnergyWh < mean.Energy.EnergyWh, $"{state.Energy.EnergyWh} {mean.Energy.EnergyWh}");
    }

    [Theory]
    [InlineData(new double[0], 1), InlineData(new[] { 5, -6.0 }, 1), InlineData(new[] { double.NaN }, 1), InlineData(new[] { 5.0 }, 0)]
    public void AProfileThatMakesNoSenseIsRefused(double[] powerW, double stepS) => Assert.Throws<ArgumentException>(() => EnergyLoad.OfProfile(powerW, stepS));

    [Fact]
    public void AnEmptyPackGivesNothing()
    {
        var (_, _, state) = Warm(0.07, 60, EnergyLoad.OfCurrent(2));
        Assert.Equal(0, state.Energy.EnergyWh, 0.3);
        Assert.InRange(state.Discharge[3].CurrentA, 0, 1);
    }
}
