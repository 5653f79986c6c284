using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Tests.Battery.Estimation.Packs;

namespace AiBms.Tests.Battery.Estimation.Edge;

/// <summary>The float thermal filter is the one in double: same temperatures, same forecasts.</summary>
public class EdgeThermalTests
{
    static readonly CoreCaseParameters s_parameters = new(60, 25, 1.8, 6);

    static (EdgeThermal Edge, ThermalFilter Full) Run(double stepS, int count)
    {
        TruePack pack = new(3, _ => 0.5);
        var cell = pack.Cell with { Thermal = s_parameters };
        var rules = EdgeThermalRules.Of(cell, pack.Layout);
        EdgeThermal edge = new(rules);
        ThermalFilter full = new(s_parameters, new() { SurroundingsWalkDeviationK = Math.Sqrt(rules.SurroundingsWalkK2PerH) });
        for (int k = 0; k < count; k++)
        {
            double heatW = 2 + 1.5 * Math.Sin(k * 0.01), caseDegC = Math.Round(25 + 8 * (1 - Math.Exp(-k * stepS / 900)) + 0.1 * Math.Sin(k * 1.7), 2);
            edge.Step((float)stepS, (float)heatW, (float)caseDegC);
            if (k == 0) full.Begin(caseDegC);
            else
            {
                full.Predict(heatW, stepS);
                full.Correct(caseDegC, 0.15);
            }
        }

        return (edge, full);
    }

    /// <summary>Seven digits over an hour of seconds: what is left of the difference is rounding.</summary>
    [Theory]
    [InlineData(1, 3600), InlineData(10, 400)]
    public void TemperaturesAreThoseOfTheFilterInDouble(double stepS, int count)
    {
        var (edge, full) = Run(stepS, count);
        Assert.Equal(full.CoreDegC, edge.CoreDegC, 0.01);
        Assert.Equal(full.CaseDegC, edge.CaseDegC, 0.01);
        Assert.Equal(full.SurroundingsDegC, edge.SurroundingsDegC, 0.02);
        Assert.Equal(full.HeatFactor, edge.HeatFactor, 0.01);
    }

    [Theory]
    [InlineData(0), InlineData(60), InlineData(1800), InlineData(100_000)]
    public void ForecastsAreThoseOfTheFilterInDouble(double timeS)
    {
        var (edge, full) = Run(1, 1200);
        var ahead = edge.Forecast(4, (float)timeS) ?? default;
        var (core, shell, coreDeviation, caseDeviation) = full.Ahead(4, 0.2 * 4, timeS);
        Assert.Equal(core, ahead.CoreDegC, 0.02);
        Assert.Equal(shell, ahead.CaseDegC, 0.02);
        Assert.Equal(coreDeviation, ahead.CoreDegCDeviation, 0.01 * coreDeviation + 0.01);
        Assert.Equal(caseDeviation, ahead.CaseDegCDeviation, 0.01 * caseDeviation + 0.01);
    }

    [Fact]
    public void NothingIsForecastBeforeACaseWasMeasured()
    {
        TruePack pack = new(3, _ => 0.5);
        EdgeThermal edge = new(EdgeThermalRules.Of(pack.Cell, pack.Layout));
        edge.Step(1, 5, float.NaN);
        Assert.Null(edge.Forecast(5, 60));
    }
}
