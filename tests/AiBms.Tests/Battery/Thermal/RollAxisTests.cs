using AiBms.Battery.Thermal;

namespace AiBms.Tests.Battery.Thermal;

/// <summary>Laws of an evenly heated cylinder whose surface is held, in closed form.</summary>
public class RollAxisTests
{
    const double HeatJPerK = 72, AxisKPerW = 6;

    [Theory]
    [InlineData(1), InlineData(30)]
    public void AtRestOfAllChangeAxisAndMeanAreExact(double stepS)
    {
        RollAxis roll = new(HeatJPerK, AxisKPerW);
        roll.Begin(20);
        for (double t = 0; t < 20_000; t += stepS) roll.Step(2, 20, stepS);
        Assert.Equal(20 + 2 * AxisKPerW, roll.AxisDegC, 1e-9);
        Assert.Equal(20 + AxisKPerW, roll.MeanDegC, 1e-9);
    }

    /// <summary>The slowest mode decays with α·2.4048²/r²; in these numbers 4·C·R is r²/α.</summary>
    [Fact]
    public void TheSlowestModeDecaysAsTheConductionEquationSays()
    {
        RollAxis roll = new(HeatJPerK, AxisKPerW);
        roll.Begin(30);
        for (int k = 0; k < 2500; k++) roll.Step(0, 20, 1);
        double before = roll.AxisDegC - 20;
        for (int k = 0; k < 300; k++) roll.Step(0, 20, 1);
        double perS = Math.Log(before / (roll.AxisDegC - 20)) / 300;
        Assert.Equal(2.404826 * 2.404826 / (4 * HeatJPerK * AxisKPerW), perS, 0.001 * perS);
    }

    /// <summary>Axis after a step of heat, Σ 8/(β³J₁(β))·(1 − e^(−β²αt/r²)) of its end (Carslaw and Jaeger 7.7 (5) at r = 0): first five modes.</summary>
    [Theory]
    [InlineData(60), InlineData(200), InlineData(500), InlineData(1500)]
    public void AStepOfHeatIsFollowedWithinAFewPercent(int seconds)
    {
        double[] zeros = [2.404826, 5.520078, 8.653728, 11.791534, 14.930918], bessel = [0.5191475, -0.3402648, 0.2714523, -0.2324598, 0.2065464];
        double expected = 1;
        for (int k = 0; k < zeros.Length; k++) expected -= 8 / (zeros[k] * zeros[k] * zeros[k] * bessel[k]) * Math.Exp(-zeros[k] * zeros[k] * seconds / (4 * HeatJPerK * AxisKPerW));
        RollAxis roll = new(HeatJPerK, AxisKPerW);
        roll.Begin(0);
        for (int k = 0; k < seconds; k++) roll.Step(1 / AxisKPerW, 0, 1);
        Assert.Equal(expected, roll.AxisDegC, 0.03);
    }

    [Theory]
    [InlineData(0, 1), InlineData(1, 0), InlineData(-1, 1), InlineData(double.NaN, 0)]
    public void NumbersThatMakeNoSenseAreRefused(double heatJPerK, double axisKPerW) => Assert.Throws<ArgumentOutOfRangeException>(() => new RollAxis(heatJPerK, axisKPerW));
}
