using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Numerics;

namespace AiBms.Tests.Battery.Estimation.Packs;

public class PackFindingTests
{
    static PackState Run(TruePack pack, int driveS, int restS, Action<int, PackReading>? spoil = null)
    {
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        for (int k = 0; k < driveS + restS; k++)
        {
            var reading = pack.Step(k < driveS ? TruePack.DriveA(k) : 0);
            spoil?.Invoke(k, reading);
            estimator.Update(reading, state);
        }

        return state;
    }

    [Fact]
    public void ALeakIsNamedAndItsSizeSaid()
    {
        const double LeakA = 0.01; // C/200
        var state = Run(new(8, _ => 0.8, leakA: i => i == 5 ? LeakA : 0), 900, 5 * 3600);
        Assert.Equal([5], state.Findings.Items.ToArray().Where(f => f.Kind == FindingKind.InternalLeak).Select(f => f.Cell));

        // Against the mean cell, which an eighth of it is part of; and a belief that leaks are small pulls it down at first.
        Assert.InRange(state.Imbalance.LeakA[5], 0.4 * LeakA, 1.1 * LeakA);
        Assert.Equal(5, state.Imbalance.LeakRank[0]);
    }

    [Fact]
    public void ASoundPackIsQuiet()
    {
        var state = Run(new(8, i => 0.8 + 0.01 * (i % 3), i => 1 + 0.01 * (i % 2), i => 1 + 0.1 * (i % 3)), 3000, 3 * 3600);
        Assert.Equal(0, state.Findings.Count);
    }

    [Fact]
    public void ATapThatIsStuckIsASensorAndNotACell()
    {
        double stuckV = 0;
        var state = Run(new(8, _ => 0.8), 3000, 0, (k, reading) =>
        {
            if (k == 1000) stuckV = reading.CellVoltageV[2];
            if (k >= 1000) reading.CellVoltageV[2] = stuckV;
        });
        Assert.True(state.Findings.Has(FindingKind.CellSensor, 2));
        Assert.Equal(1, state.Findings.Count);
        Assert.Equal(LowCellKind.Sensor, state.Imbalance.LowCells[2]);
    }

    /// <summary>Where every tap scatters far more than believed, no tap is to blame; one that scatters ten times as much still is.</summary>
    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(10, new[] { 5 })]
    public void WhatAllTapsShowIsNoTapsFault(double scale, int[] named)
    {
        SeededStream noise = new(7);
        var state = Run(new(12, _ => 0.8), 3000, 0, (_, reading) =>
        {
            for (int i = 0; i < 12; i++) reading.CellVoltageV[i] += 0.006 * (i == 5 ? scale : 1) * noise.NextNormal();
        });
        Assert.Equal(named, state.Findings.Items.ToArray().Where(f => f.Kind == FindingKind.CellSensor).Select(f => f.Cell));
    }

    /// <summary>Taps that were read half a minute after the current do not follow it: no cell's resistance can be told, and none is named.</summary>
    [Fact]
    public void VoltagesThatDoNotFollowTheCurrentTellOfNoResistance()
    {
        Queue<double[]> late = new();
        var state = Run(new(8, i => 0.8 + 0.002 * i, resistance: i => 1 + 0.1 * i), 4000, 0, (_, reading) =>
        {
            late.Enqueue([.. reading.CellVoltageV]);
            if (late.Count > 30) late.Dequeue().CopyTo(reading.CellVoltageV, 0);
        });
        Assert.True(double.IsNaN(state.Health.ResistanceRatio), $"resistance {state.Health.ResistanceRatio}");
        Assert.All(state.ResistanceRatio, r => Assert.True(double.IsNaN(r)));
        Assert.False(state.Findings.Has(FindingKind.ContactResistance));
        Assert.DoesNotContain(LowCellKind.HighResistance, state.Imbalance.LowCells);
    }

    [Fact]
    public void AHighResistanceTapDoesNotPullTheOthers()
    {
        // One tap reads 1 V too much: what the others are must not move by more than rounding of the shared mean.
        PackState clean = Run(new(8, _ => 0.8), 1500, 0), off = Run(new(8, _ => 0.8), 1500, 0, (k, reading) =>
        {
            if (k >= 600) reading.CellVoltageV[6] += 0.6;
        });
        for (int i = 0; i < 6; i++) Assert.Equal(clean.CellSoc[i], off.CellSoc[i], 0.005);
    }

    /// <summary>A finding stays for a while after its cause is gone; its words must not say that nothing is over its threshold.</summary>
    [Fact]
    public void AFindingKeepsTheValueThatRaisedIt()
    {
        var pack = new TruePack(4, _ => 0.8);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        int held = 0;
        for (int k = 0; k < 3000; k++)
        {
            var reading = pack.Step(TruePack.DriveA(k));
            reading[PackSignal.RedundantCurrentA] = reading[PackSignal.CurrentA] + (k is >= 600 and < 2000 ? 0.4 : 0);
            estimator.Update(reading, state);
            foreach (var finding in state.Findings.Items)
            {
                Assert.True(finding.Size > finding.Threshold, $"{k}: {finding}");
                if (k >= 2000) held++;
            }
        }

        Assert.True(held > 10);
        Assert.Equal(0, state.Findings.Count);
    }

    [Fact]
    public void TwoCurrentSensorsThatDifferAreSaid()
    {
        var state = Run(new(4, _ => 0.8), 1500, 0, (k, reading) => reading[PackSignal.RedundantCurrentA] = reading[PackSignal.CurrentA] + (k >= 600 ? 0.2 : 0));
        Assert.True(state.Findings.Has(FindingKind.CurrentSensor, -1));
    }

    [Theory]
    [InlineData(0.15, 1.0, 1.0, LowCellKind.LowCharge)]
    [InlineData(0.0, 1.0, 1.6, LowCellKind.HighResistance)]
    public void ALowCellIsClassed(double lacksSoc, double capacity, double resistance, LowCellKind kind)
    {
        var state = Run(new(12, i => i == 7 ? 0.8 - lacksSoc : 0.8, i => i == 7 ? capacity : 1, i => i == 7 ? resistance : 1), 3000, 0);
        Assert.Equal(kind, state.Imbalance.LowCells[7]);
        Assert.All(state.Imbalance.LowCells.Where((_, i) => i != 7), other => Assert.Equal(LowCellKind.None, other));
    }

    [Fact]
    public void ALowCapacityIsNotALowCharge()
    {
        var pack = new TruePack(12, _ => 0.95, i => i == 7 ? 0.8 : 1);
        var estimator = new PackEstimator(pack.Layout, pack.Cell);
        var state = new PackState(pack.Layout);
        for (int k = 0; pack.Soc(0) > 0.25; k++) estimator.Update(pack.Step(TruePack.DriveA(k)), state);
        Assert.Equal(LowCellKind.LowCapacity, state.Imbalance.LowCells[7]);
        Assert.Equal((7, 7), (state.Imbalance.FirstEmptyCell, state.Imbalance.FirstEmptyCell));
    }
}
