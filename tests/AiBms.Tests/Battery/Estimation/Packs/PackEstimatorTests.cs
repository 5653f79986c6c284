using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Tests.Battery.Estimation.Packs;

/// <summary>Laws that hold for any pack estimator, on truths that are its own circuit.</summary>
public class PackEstimatorTests
{
    static PackState Run(TruePack pack, int steps, Action<int, PackReading>? spoil = null)
    {
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        for (int k = 0; k < steps; k++)
        {
            var reading = pack.Step(TruePack.DriveA(k));
            spoil?.Invoke(k, reading);
            estimator.Update(reading, state);
        }

        return state;
    }

    [Fact]
    public void NothingIsKnownBeforeAnythingIsMeasured()
    {
        var pack = new TruePack(5, _ => 0.5);
        var state = new PackState(pack.Layout);
        new PackEstimator(pack.Layout, pack.Cell).Update(pack.Reading, state);
        Assert.All(state.CellValidity, v => Assert.Equal(SocValidity.Unknown, v));
        Assert.True(double.IsNaN(state.Soc.Soc));
        Assert.Equal(-1, state.Imbalance.FirstEmptyCell);
        Assert.Equal(0, state.Discharge[0].PowerW);
        Assert.Equal(PowerBinding.Unknown, state.Charge[3].Binding);
    }

    [Fact]
    public void EqualCellsGetEqualEstimates()
    {
        var state = Run(new(7, _ => 0.7), 1200);
        Assert.All(state.CellSoc, soc => Assert.Equal(state.CellSoc[0], soc, 1e-12));
        Assert.All(state.ResistanceRatio, r => Assert.Equal(state.ResistanceRatio[0], r, 1e-12));
    }

    /// <summary>Sums over cells are taken in another order: 1,200 steps may differ by some 1e-12.</summary>
    [Fact]
    public void ShufflingCellsShufflesEstimates()
    {
        int[] order = [3, 0, 6, 5, 1, 4, 2];
        double soc(int i) => 0.7 + 0.01 * i;
        double size(int i) => 1 - 0.005 * i;
        var plain = Run(new(7, soc, size), 1200);
        var shuffled = Run(new(7, i => soc(order[i]), i => size(order[i])), 1200);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.Equal(plain.CellSoc[order[i]], shuffled.CellSoc[i], 1e-10);
            Assert.Equal(plain.CapacityAh[order[i]], shuffled.CapacityAh[i], 1e-10);
        }
    }

    [Fact]
    public void EveryCellIsFoundWithinItsBand()
    {
        var pack = new TruePack(9, i => 0.75 - 0.02 * (i % 4), i => 1 + 0.01 * (i % 3 - 1), i => 1 + 0.06 * (i % 5 - 2));
        var state = Run(pack, 2400);
        for (int i = 0; i < 9; i++) Assert.InRange(Math.Abs(state.CellSoc[i] - pack.Soc(i)), 0, 3 * state.CellSocDeviation[i]);

        // Resistances are identified up to what capacity and OCV differences could feign.
        for (int i = 0; i < 9; i++) Assert.InRange(state.ResistanceRatio[i] / state.ResistanceRatio[2] - (1 + 0.06 * (i % 5 - 2)), -0.03, 0.03);
    }

    /// <summary>What all cells have in common is the mean cell's, however unequal they are: a common part of the differences would walk for ever.</summary>
    [Fact]
    public void DifferencesHaveNoCommonPart()
    {
        var state = Run(new(9, i => 0.75 - 0.02 * (i % 4), i => 1 + 0.02 * (i % 3 - 1), i => 1 + 0.1 * (i % 5 - 2)), 3600, (k, reading) =>
        {
            // Taps that are read in turns: each shows what was a while ago.
            for (int i = 0; i < 9; i++) reading.CellVoltageV[i] += 0.03 * Math.Sin(0.3 * k + i * i);
        });
        Assert.Equal(state.MeanSoc.Soc, state.CellSoc.Average(), 1e-9);
        Assert.Equal(state.Health.ResistanceRatio, state.ResistanceRatio.Average(), 1e-9);
    }

    [Fact]
    public void ACellMadeEmptyIsNamed()
    {
        var state = Run(new(12, i => i == 8 ? 0.55 : 0.7), 900);
        Assert.Equal(8, state.Imbalance.FirstEmptyCell);
        Assert.NotEqual(8, state.Imbalance.FirstFullCell);
        Assert.Equal(0.15 * 2, state.Imbalance.RecoverableLossAh, 3 * state.Imbalance.RecoverableLossAhDeviation);
    }

    /// <summary>When nothing changes, the axis of an evenly heated roll is above its case by twice what the mean over the roll is (Carslaw and Jaeger, section 7.2).</summary>
    [Fact]
    public void TheCoreOfAWoundCellIsItsAxis()
    {
        double[] aboveK = [.. ((double[])[0, 6]).Select(axisKPerW =>
        {
            var pack = new TruePack(6, _ => 0.9);
            var cell = pack.Cell with { Thermal = new(60, 10, 3, 6) { AxisToCaseKPerW = axisKPerW } };
            var estimator = new PackEstimator(pack.Layout, cell);
            var state = new PackState(pack.Layout);
            for (int k = 0; k < 2400; k++) estimator.Update(pack.Step(-1), state);
            return state.CoreDegC[0] - state.CaseDegC[0];
        })];
        Assert.True(aboveK[0] > 0.02, $"{aboveK[0]}");
        Assert.InRange(aboveK[1] / aboveK[0], 1.6, 2.5);
    }

    /// <summary>Half full, a capacity known to 3 % leaves open 1.5 % of it of room; what is to be bled is no surer than that. Near full it is no matter.</summary>
    [Fact]
    public void WhatIsToBeBledIsAsSureAsCapacityAllows()
    {
        double[] surely = [.. ((double[])[0.4, 0.95]).Select(soc => Run(new(12, i => i == 8 ? soc - 0.05 : soc), 600).Imbalance.BleedAhDeviation.Where((_, i) => i != 8).Average())];
        Assert.InRange(surely[0] / 2, Math.Sqrt(2) * 0.6 * 0.02, Math.Sqrt(2) * 0.6 * 0.04);
        Assert.InRange(surely[1], 0, surely[0] / 2);
    }

    /// <summary>What a tap that is not good shows must not matter to the last bit.</summary>
    [Theory]
    [InlineData(66.5), InlineData(double.NaN), InlineData(3.61)]
    public void AnInvalidTapIsNeverUsed(double shownV)
    {
        PackState with(double voltageV) => Run(new(6, i => 0.7 + 0.01 * i), 600, (k, reading) =>
        {
            if (k < 300) return;
            (reading.CellVoltageV[4], reading.CellQualities[4]) = (voltageV, SignalQuality.Implausible);
        });
        PackState shown = with(shownV), other = with(1.5);
        Assert.Equal(other.CellSoc, shown.CellSoc);
        Assert.Equal(SocValidity.SensorSuspect, shown.CellValidity[4]);
        Assert.NotEqual(SocValidity.SensorSuspect, shown.CellValidity[3]);
    }

    [Fact]
    public void ACellThatWasNeverMeasuredStaysUnknown()
    {
        var state = Run(new(6, _ => 0.7), 600, (_, reading) => reading.CellQualities[2] = SignalQuality.Missing);
        Assert.Equal(SocValidity.Unknown, state.CellValidity[2]);
        Assert.True(double.IsNaN(state.CellSoc[2]));
        Assert.Equal(0.7 - 0.0, state.CellSoc[1], 0.2);
    }

    [Fact]
    public void ABleedingCellIsCountedDownAndItsTapNotTrusted()
    {
        var pack = new TruePack(4, _ => 0.7);
        var state = Run(pack, 3600, (k, reading) =>
        {
            if (k < 600) return;
            reading.BleedOn[1] = true;
            (reading.CellVoltageV[1], reading.CellQualities[1]) = (2.0, SignalQuality.Bleeding);
        });

        // The truth here does not bleed; the estimator believes the resistor: V / R for 3,000 s.
        double bledSoc = 3.75 / pack.Layout.Balancing.ResistorOhm * 3000 / 3600 / 2;
        Assert.Equal(bledSoc, state.CellSoc[0] - state.CellSoc[1], 0.1 * bledSoc);
        Assert.NotEqual(SocValidity.SensorSuspect, state.CellValidity[1]);
    }

    /// <summary>All cells share one current: its offset must show in none of the differences.</summary>
    [Fact]
    public void AnOffsetOfTheCurrentIsShared()
    {
        PackState with(double offsetA) => Run(new(5, i => 0.7 + 0.01 * i), 3600, (_, reading) => reading[PackSignal.CurrentA] += offsetA);
        PackState clean = with(0), off = with(0.05);
        for (int i = 1; i < 5; i++) Assert.Equal(clean.CellSoc[i] - clean.CellSoc[0], off.CellSoc[i] - off.CellSoc[0], 1e-3);
    }

    /// <summary>What has been said does not depend on what comes later: a run cut short said the same.</summary>
    [Fact]
    public void NothingIsKnownBeforeItHappened()
    {
        double[] at(int steps)
        {
            double[] soc = [];
            var pack = new TruePack(5, i => 0.7 + 0.01 * i);
            var estimator = new PackEstimator(pack.Layout, pack.Cell);
            var state = new PackState(pack.Layout);
            for (int k = 0; k < steps; k++)
            {
                estimator.Update(pack.Step(TruePack.DriveA(k)), state);
                if (k == 400) soc = [.. state.CellSoc];
            }

            return soc;
        }

        Assert.Equal(at(401), at(900));
    }

    [Fact]
    public void AnUpdateAllocatesNothing()
    {
        var pack = new TruePack(20, _ => 0.7);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        for (int k = 0; k < 900; k++) estimator.Update(pack.Step(TruePack.DriveA(k)), state);
        var reading = pack.Step(-1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
        {
            reading.TimeS++;
            estimator.Update(reading, state);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
