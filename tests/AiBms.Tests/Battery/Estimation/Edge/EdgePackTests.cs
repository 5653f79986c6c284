using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Tests.Battery.Estimation.Packs;

namespace AiBms.Tests.Battery.Estimation.Edge;

/// <summary>The float form of a pack's estimators finds the truth, and what the full one in double finds.</summary>
public class EdgePackTests
{
    sealed record Both(TruePack Truth, PackState Full, EdgePack Edge, EdgeImbalance Imbalance, EdgePower Power);

    static Both Run(TruePack pack, int steps)
    {
        EdgeCell cell = new(pack.Cell);
        var rules = EdgePackRules.Of(pack.Layout, pack.Cell);
        PackEstimator full = new(pack.Layout, pack.Cell);
        PackState state = new(pack.Layout);
        EdgePack edge = new(cell, rules);
        float[] cellV = new float[rules.CellCount];
        bool[] bleedOn = new bool[rules.CellCount];
        for (int k = 0; k < steps; k++)
        {
            var reading = pack.Step(TruePack.DriveA(k));
            full.Update(reading, state);
            for (int i = 0; i < cellV.Length; i++) cellV[i] = (float)reading.CellVoltageV[i];
            edge.Step(1, (float)reading[PackSignal.CurrentA], cellV, bleedOn, 25);
        }

        EdgeImbalance imbalance = new(rules.CellCount);
        imbalance.Set(cell, rules, edge);
        return new(pack, state, edge, imbalance, new(cell, rules, edge));
    }

    [Fact]
    public void EveryCellIsFoundWithinItsBand()
    {
        var both = Run(new(9, i => 0.75 - 0.02 * (i % 4), i => 1 + 0.01 * (i % 3 - 1), i => 1 + 0.06 * (i % 5 - 2)), 2400);
        for (int i = 0; i < 9; i++)
        {
            var cell = both.Edge.Cell(i);
            Assert.InRange(Math.Abs(cell.Soc - both.Truth.Soc(i)), 0, 3 * cell.SocDeviation);
            Assert.InRange(cell.ResistanceRatio / both.Edge.Cell(2).ResistanceRatio - (1 + 0.06 * (i % 5 - 2)), -0.03, 0.03);
        }
    }

    /// <summary>Both see the same: what float, the missing leak and the simpler mean filter make of it stays below what either claims to know.</summary>
    [Fact]
    public void WhatItFindsIsWhatTheFullFormFinds()
    {
        var both = Run(new(9, i => 0.75 - 0.02 * (i % 4), i => 1 + 0.01 * (i % 3 - 1), i => 1 + 0.06 * (i % 5 - 2)), 2400);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(both.Full.CellSoc[i], both.Edge.Cell(i).Soc, 0.01);
            Assert.Equal(both.Full.ResistanceRatio[i], both.Edge.Cell(i).ResistanceRatio, 0.05);
            Assert.Equal(both.Full.CapacityAh[i] / both.Full.CapacityAh[0], both.Edge.Cell(i).CapacityAh / both.Edge.Cell(0).CapacityAh, 0.02);
        }

        Assert.Equal(both.Full.Imbalance.FirstEmptyCell, both.Imbalance.FirstEmptyCell);

        // Cells 0 and 4 start with the same SOC and differ by 1 % of a capacity that no drive of 40 minutes shows: either may be told to be full first.
        double RoomAh(int i) => both.Full.CapacityAh[i] * (1 - both.Full.CellSoc[i]);
        Assert.Equal(RoomAh(both.Full.Imbalance.FirstFullCell), RoomAh(both.Imbalance.FirstFullCell), 0.01 * both.Full.CapacityAh[0]);
        Assert.Equal(both.Full.Imbalance.RecoverableLossAh, both.Imbalance.RecoverableLossAh, 0.02);
        Assert.Equal(both.Full.Soc.Soc, both.Imbalance.Soc, 0.01);
    }

    /// <summary>Limits of power agree within a tenth: the margins rest on deviations, which are the form's own.</summary>
    [Theory]
    [InlineData(0.75), InlineData(0.2), InlineData(0.93)]
    public void PowerLimitsAreThoseOfTheFullForm(double soc)
    {
        var both = Run(new(9, i => soc - 0.01 * (i % 4)), 900);
        float[] timesS = [2, 10, 30, 600];
        for (int k = 0; k < timesS.Length; k++)
        {
            EdgePowerLimit charge = both.Power.At(both.Imbalance, true, timesS[k]), discharge = both.Power.At(both.Imbalance, false, timesS[k]);
            Assert.InRange(charge.CurrentA, 0.9 * both.Full.Charge[k].CurrentA - 0.05, 1.1 * both.Full.Charge[k].CurrentA + 0.05);
            Assert.InRange(discharge.CurrentA, 0.9 * both.Full.Discharge[k].CurrentA - 0.05, 1.1 * both.Full.Discharge[k].CurrentA + 0.05);
        }
    }

    [Fact]
    public void NothingIsKnownBeforeAnythingIsMeasured()
    {
        var pack = new TruePack(5, _ => 0.5);
        EdgeCell cell = new(pack.Cell);
        var rules = EdgePackRules.Of(pack.Layout, pack.Cell);
        EdgePack edge = new(cell, rules);
        EdgeImbalance imbalance = new(5);
        imbalance.Set(cell, rules, edge);
        Assert.Equal(-1, imbalance.FirstEmptyCell);
        Assert.Equal(new EdgePowerLimit(0, 0, 0, PowerBinding.Unknown, -1), new EdgePower(cell, rules, edge).At(imbalance, true, 10));
    }
}
