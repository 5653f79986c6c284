using AiBms.Battery.Estimation.Edge;
using AiBms.Tests.Battery.Cells;

namespace AiBms.Tests.Battery.Estimation.Edge;

/// <summary>A tracked capacity is counted with: an ampere-hour moves the SOC by its share of that capacity, within what is believed.</summary>
public class EdgeCapacityTests
{
    /// <summary>What the sensor's offset, as the first voltage had it, may count for in half an hour.</summary>
    const double Offset = 3e-3;

    /// <summary>Change of SOC over half an hour at a current, without a voltage that could correct it.</summary>
    static float Counted(float currentA, params float[] toldAh)
    {
        EdgeCellEstimator estimator = new(new(SyntheticCells.TwoPairs()));
        estimator.Start(0.8f, 0.01f);
        float first = estimator.Step(1, 0, 3.9f, 25).Soc, soc = first;
        foreach (float ah in toldAh) estimator.LearnCapacity(ah);
        for (int k = 0; k < 1800; k++) soc = estimator.Step(1, currentA, float.NaN, 25).Soc;
        return soc - first;
    }

    [Fact]
    public void CountingGoesByTheToldCapacity()
    {
        float typeAh = (float)SyntheticCells.TwoPairs().CapacityAh, currentA = -0.4f * typeAh;
        Assert.Equal(-0.2, Counted(currentA), Offset);
        Assert.Equal(-0.25, Counted(currentA, 0.8f * typeAh), Offset);
        Assert.Equal(-0.2, Counted(currentA, 0.8f * typeAh, typeAh), Offset);
    }

    [Fact]
    public void WhatIsNoCapacityChangesNothingAndWhatIsFarOffIsHeld()
    {
        float typeAh = (float)SyntheticCells.TwoPairs().CapacityAh, currentA = -0.2f * typeAh;
        foreach (float none in (float[])[float.NaN, 0, -1, float.PositiveInfinity, 2e4f]) Assert.Equal(-0.1, Counted(currentA, none), Offset);
        Assert.Equal(-0.2, Counted(currentA, 0.1f * typeAh), Offset);
        Assert.Equal(-0.1 / 1.2, Counted(currentA, 3 * typeAh), Offset);
    }
}
