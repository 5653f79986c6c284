using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Tests.Battery.Estimation.Packs;

namespace AiBms.Tests.Battery.Estimation.Edge;

/// <summary>The microcontroller's trackers find capacities and resistances that are known, and say why where they cannot.</summary>
public class EdgeHealthTests
{
    const int Cells = 5;

    /// <summary>Half hours of rest with an hour of current between: so many times out and in.</summary>
    static EdgeHealth Run(TruePack pack, int times, double rateA = 1.4, int missedAt = -1) => RunBoth(pack, times, rateA, missedAt).Health;

    static (EdgeHealth Health, EdgePack Pack) RunBoth(TruePack pack, int times, double rateA = 1.4, int missedAt = -1)
    {
        EdgeCell cell = new(pack.Cell);
        EdgePack edge = new(cell, EdgePackRules.Of(pack.Layout, pack.Cell));
        EdgeHealth health = new(cell, Cells);
        float[] cellV = new float[Cells];
        bool[] bleedOn = new bool[Cells];
        int k = 0;
        void For(int seconds, double currentA)
        {
            for (int end = k + seconds / 5; k < end; k++)
            {
                var reading = pack.Step(currentA, 5);
                for (int i = 0; i < Cells; i++) cellV[i] = (float)reading.CellVoltageV[i];
                float measuredA = k == missedAt ? float.NaN : (float)currentA;
                edge.Step(5, measuredA, cellV, bleedOn, 25);
                health.Step(edge, 5, measuredA, cellV, bleedOn);
            }
        }

        For(3600, 0);
        for (int time = 0; time < times; time++)
        {
            For(3600, time % 2 == 0 ? -rateA : rateA);
            For(5400, 0);
        }

        return (health, edge);
    }

    static double Capacity(int cell) => 0.8 + 0.03 * cell;

    [Fact]
    public void EveryCapacityIsFoundWithinItsBandAndTwoPercent()
    {
        TruePack pack = new(Cells, _ => 0.9, Capacity, i => 1 + 0.1 * i);
        var health = Run(pack, 4);
        Assert.Equal(4, health.TakenCount);
        for (int i = 0; i < Cells; i++)
        {
            var one = health.Cells[i];
            Assert.Equal(4, one.WindowCount);
            Assert.InRange(Math.Abs(one.CapacityAh - pack.CapacityAh(i)), 0, 3 * Math.Sqrt(one.VarianceAh2));
            Assert.InRange(one.CapacityAh / pack.CapacityAh(i), 0.98, 1.02);
        }
    }

    [Fact]
    public void ResistancesAreFoundAgainstEachOther()
    {
        var health = Run(new(Cells, _ => 0.9, null, i => 1 + 0.1 * i), 4);
        for (int i = 0; i < Cells; i++) Assert.Equal((1 + 0.1 * i) / 1.2, health.Cells[i].ResistanceRatio / health.Cells[2].ResistanceRatio, 0.03);
    }

    [Fact]
    public void ASmallSwingSaysNothingAndTheWindowStaysOpen()
    {
        TruePack pack = new(Cells, _ => 0.9, Capacity);
        var health = Run(pack, 1, rateA: 0.3);
        Assert.Equal((0, 1, CapacityReason.SmallSwing), (health.TakenCount, health.RejectedCount, health.Reason));
        Assert.Equal(pack.Cell.CapacityAh, health.Cells[0].CapacityAh, 1e-6);
        Assert.Equal(-0.3, health.ChargeAh, 0.02);
    }

    /// <summary>One lost reading of the current among hundreds is enough: nobody knows what flowed.</summary>
    [Fact]
    public void ALostCurrentSpoilsItsWindow()
    {
        var health = Run(new(Cells, _ => 0.9, Capacity), 1, missedAt: 1000);
        Assert.Equal((0, CapacityReason.CurrentMissing), (health.TakenCount, health.Reason));
    }

    /// <summary>What was tracked is what is counted with; before that the cell type's capacity is.</summary>
    [Fact]
    public void TheTrackedCapacityIsTaughtToThePack()
    {
        var (fresh, unknown) = RunBoth(new(Cells, _ => 0.9, Capacity), 0);
        Assert.False(fresh.Teach(unknown));
        TruePack truth = new(Cells, _ => 0.9, Capacity);
        Assert.Equal(truth.Cell.CapacityAh, unknown.CountedAh, 1e-6);
        var (health, pack) = RunBoth(truth, 4);
        Assert.True(health.Teach(pack));
        double mean = Enumerable.Range(0, Cells).Average(truth.CapacityAh) / truth.Cell.CapacityAh;
        Assert.Equal(mean, pack.CountedAh / truth.Cell.CapacityAh, 0.02);
        for (int i = 0; i < Cells; i++) Assert.Equal(truth.CapacityAh(i), pack.Cell(i).CapacityAh, 0.05 * truth.CapacityAh(i));
    }
}
