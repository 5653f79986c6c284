using AiBms.Battery.Cells;
using AiBms.Battery.Thermal;
using AiBms.Learning.Identification;
using Xunit;

namespace AiBms.Tests.Learning.Identification;

/// <summary>From the case temperature of a known cell, its thermal numbers come back.</summary>
public class CoreCaseFitTests
{
    static readonly CoreCaseParameters True = new(45, 12, 2, 9);

    [Fact]
    public void WithRightPriorsTheyAreExact()
    {
        var found = Fit(True, moving: false)!;
        Near(45, found.Parameters.CoreHeatCapacityJPerK, 1e-4);
        Near(12, found.Parameters.CaseHeatCapacityJPerK, 1e-4);
        Near(9, found.Parameters.CaseToAmbientKPerW, 1e-4);
        Assert.All(found.RmseK, error => Assert.InRange(error, 0, 1e-3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithWrongPriorsTheDataDecide(bool moving)
    {
        // Four recordings of two hours weigh about fifty independent errors of 0.5 K against one prior: some percent are the prior's.
        var found = Fit(new(38, 5, 2, 20), moving)!;
        Near(45, found.Parameters.CoreHeatCapacityJPerK, 0.05);
        Near(12, found.Parameters.CaseHeatCapacityJPerK, 0.12);
        Near(9, found.Parameters.CaseToAmbientKPerW, 0.02);

        // The case answers within a minute or two, so of the three it is the least sure; its prior's deviation is 0.7.
        Assert.InRange(found.DeviationFraction[0], 0, 0.15);
        Assert.InRange(found.DeviationFraction[1], 0, 0.5);
        Assert.InRange(found.DeviationFraction[2], 0, 0.1);
    }

    [Fact]
    public void WithoutHeatNothingIsLearnt()
    {
        var run = Run(0, false);
        var found = CoreCaseFit.Identify([run], [new double[run.Count]], True)!;
        Assert.InRange(found.DeviationFraction[0], 0.19, 0.21);
        Assert.InRange(found.DeviationFraction[1], 0.65, 0.75);
    }

    [Fact]
    public void WithoutAMeasuredTemperatureThereIsNoModel()
    {
        var run = Run(0, false) with { HasMeasuredTemperature = false };
        Assert.Null(CoreCaseFit.Identify([run], [HeatW(0)], True));
    }

    [Fact]
    public void HeatIsCurrentTimesOverpotential()
    {
        // 2 A into 0.1 V above the OCV of 3.2 V at z = 0, and out of 0.1 V below it: 0.2 W both ways.
        var run = Run(0, false) with
        {
            TimeS = [0, 1],
            CurrentA = [2, -2],
            VoltageV = [3.3, 3.1],
            TemperatureDegC = [25, 25],
            Soc = [0, 0],
        };
        Assert.All(CoreCaseFit.HeatW(run, KnownCell.Type.Circuit!), heat => Assert.Equal(0.2, heat, 1e-12));
    }

    static CoreCaseFit.Outcome? Fit(CoreCaseParameters prior, bool moving)
    {
        FitRun[] runs = [.. Enumerable.Range(0, 4).Select(seed => Run(seed, moving))];
        return CoreCaseFit.Identify(runs, [.. Enumerable.Range(0, 4).Select(HeatW)], prior);
    }

    /// <summary>Blocks of ten minutes of up to 4 W, two hours at a row every 5 s.</summary>
    static double[] HeatW(int seed)
    {
        var random = new Random(seed);
        double[] blocks = [.. Enumerable.Range(0, 12).Select(_ => 4 * random.NextDouble())];
        return [.. Enumerable.Range(0, 1440).Select(k => blocks[k / 120])];
    }

    static FitRun Run(int seed, bool moving)
    {
        var model = new CoreCaseModel(True);
        double[] heatW = HeatW(seed), caseDegC = new double[heatW.Length], timeS = new double[heatW.Length], ambientDegC = new double[heatW.Length];
        double coreDegC = 25, shellDegC = 25;
        for (int k = 0; k < heatW.Length; k++)
        {
            timeS[k] = 5 * k;
            ambientDegC[k] = 22 + (moving ? 3 * Math.Sin(k / 200.0) : 0);

            // The ambient's own sensor reads 3 K less than the case does at rest: only its movement counts.
            if (k > 0) model.Step(ref coreDegC, ref shellDegC, heatW[k], ambientDegC[k] + 3, 5);
            caseDegC[k] = shellDegC;
        }

        return new()
        {
            Name = "heat",
            IsFit = true,
            IsThermal = true,
            HasMeasuredTemperature = true,
            CapacityAh = 3,
            TimeS = timeS,
            CurrentA = new double[heatW.Length],
            VoltageV = new double[heatW.Length],
            TemperatureDegC = caseDegC,
            AmbientDegC = ambientDegC,
            Soc = new double[heatW.Length],
        };
    }

    static void Near(double expected, double actual, double relative) => Assert.InRange(actual, expected * (1 - relative), expected * (1 + relative));
}
