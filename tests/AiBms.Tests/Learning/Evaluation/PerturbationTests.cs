using AiBms.Battery.Estimation;
using AiBms.Learning.Evaluation;

namespace AiBms.Tests.Learning.Evaluation;

public class PerturbationTests
{
    static CellSample[] Read(string name, int rows = 2000)
    {
        PerturbedSensors sensors = new(Perturbation.Parse(name), new(1));
        return [.. Enumerable.Range(0, rows).Select(k => sensors.Read(new(k, -2 - 0.001 * k, 3.7 - 0.0001 * k, 25)))];
    }

    [Theory]
    [InlineData("I-0.10", -2.1, 3.7, 25)]
    [InlineData("I+0.10", -1.9, 3.7, 25)]
    [InlineData("gain0.02", -2.04, 3.7, 25)]
    [InlineData("gain-0.02", -1.96, 3.7, 25)]
    [InlineData("volt0.01", -2, 3.71, 25)]
    [InlineData("temp3", -2, 3.7, 28)]
    [InlineData("none", -2, 3.7, 25)]
    public void NamesOfTheIndependentScorerMeanTheSame(string name, double currentA, double voltageV, double temperatureDegC)
    {
        var sample = Read(name)[0];
        Assert.Equal(currentA, sample.CurrentA, 1e-12);
        Assert.Equal(voltageV, sample.VoltageV, 1e-12);
        Assert.Equal(temperatureDegC, sample.TemperatureDegC, 1e-12);
    }

    [Fact]
    public void TheSixFaultsAreThoseOfTheProtocol() => Assert.Equal(
        "-0.1 0 0, 0.1 0 0, 0 -0.02 0, 0 0.02 0, 0 0 -0.01, 0 0 0.01",
        string.Join(", ", Perturbation.SixFaults.Select(fault => FormattableString.Invariant($"{fault.CurrentOffsetA} {fault.GainFraction} {fault.VoltageOffsetV}"))));

    [Fact]
    public void AStuckSensorRepeatsOneValueForFiveMinutes()
    {
        var samples = Read("stuck-voltage");
        Assert.Single(samples[600..900].Select(sample => sample.VoltageV).Distinct());
        Assert.Equal(300, samples[600..900].Select(sample => sample.CurrentA).Distinct().Count());
        Assert.Equal(600, samples[..600].Select(sample => sample.VoltageV).Distinct().Count());
        Assert.NotEqual(samples[899].VoltageV, samples[900].VoltageV);
    }

    [Fact]
    public void DropoutsLoseSingleSamplesAndHalfAMinuteOutOfTen()
    {
        var samples = Read("dropout", 60_000);
        Assert.All(samples[570..600], sample => Assert.True(double.IsNaN(sample.VoltageV) && double.IsNaN(sample.CurrentA) && double.IsNaN(sample.TemperatureDegC)));
        // 5 % in bursts and 2 % of the rest: 0.069; standard error of the random part 0.0006.
        Assert.Equal(0.05 + 0.95 * 0.02, samples.Count(sample => double.IsNaN(sample.VoltageV)) / 60_000.0, 0.003);
    }

    [Fact]
    public void NoiseHasItsStatedDeviation()
    {
        PerturbedSensors sensors = new(Perturbation.Parse("noise"), new(1));
        CellSample[] samples = [.. Enumerable.Range(0, 20_000).Select(k => sensors.Read(new(k, 0, 0, 25)))];
        Assert.Equal(0.05, Math.Sqrt(samples.Average(sample => sample.CurrentA * sample.CurrentA)), 0.0013);
        Assert.Equal(0.005, Math.Sqrt(samples.Average(sample => sample.VoltageV * sample.VoltageV)), 0.00013);
    }

    [Theory]
    [InlineData("I")]
    [InlineData("gainx")]
    [InlineData("warp")]
    public void AnUnknownNameIsRefused(string name) => Assert.Throws<FormatException>(() => Perturbation.Parse(name));
}
