using AiBms.Battery.Simulation;

namespace AiBms.Tests.Battery.Simulation;

public class SensorTests
{
    [Fact]
    public void AQuietSensorRoundsToItsResolution()
    {
        var sensors = new Sensors(
            new() { VoltageNoiseV = 0, VoltageResolutionV = 0.25, CurrentNoiseA = 0, CurrentResolutionA = 0.5, CurrentOffsetA = 1, CurrentErrorFraction = 0.1, TemperatureNoiseDegC = 0, TemperatureResolutionDegC = 1 }, new(1));
        Assert.Equal(3.75, sensors.ReadVoltageV(3.7));
        Assert.Equal(-1.5, sensors.ReadCurrentA(-2.2)); // −2.2 · 1.1 + 1 = −1.42
        Assert.Equal(12, sensors.ReadTemperatureDegC(11.7));
    }

    [Fact]
    public void ErrorAndNoiseAreAsOptioned()
    {
        var options = new SensorOptions { CurrentNoiseA = 0.1, CurrentResolutionA = 1e-6, CurrentOffsetA = 0.05, CurrentErrorFraction = 0.02 };
        var sensors = new Sensors(options, new(2));
        double[] read = [.. Enumerable.Range(0, 40_000).Select(_ => sensors.ReadCurrentA(-3))];
        double mean = read.Average(), deviation = Math.Sqrt(read.Average(x => (x - mean) * (x - mean)));
        Assert.Equal(-3 * 1.02 + 0.05, mean, 4 * 0.1 / 200);
        Assert.Equal(0.1, deviation, 4 * 0.1 / Math.Sqrt(2 * 40_000));
    }

    [Fact]
    public void ImpossibleOptionsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sensors(new() { VoltageNoiseV = -1 }, new(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sensors(new() { CurrentResolutionA = 0 }, new(1)));
    }
}
