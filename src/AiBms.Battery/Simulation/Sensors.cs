using AiBms.Numerics;

namespace AiBms.Battery.Simulation;

/// <summary>Reads true values as a converter does: error, noise, then the nearest step.</summary>
public sealed class Sensors
{
    readonly SensorOptions _options;
    readonly SeededStream _noise;

    /// <param name="options">Errors and resolutions; refused with an <see cref="ArgumentOutOfRangeException"/> where a noise is negative or a resolution not positive.</param>
    /// <param name="noise">Where the noise comes from.</param>
    public Sensors(SensorOptions options, SeededStream noise)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.VoltageNoiseV);
        ArgumentOutOfRangeException.ThrowIfNegative(options.CurrentNoiseA);
        ArgumentOutOfRangeException.ThrowIfNegative(options.TemperatureNoiseDegC);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.VoltageResolutionV);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.CurrentResolutionA);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TemperatureResolutionDegC);
        (_options, _noise) = (options, noise);
    }

    /// <summary>What the voltage converter reads, V.</summary>
    public double ReadVoltageV(double voltageV) => Read(voltageV, _options.VoltageNoiseV, _options.VoltageResolutionV);

    /// <summary>What the shunt reads, A, positive while charging.</summary>
    public double ReadCurrentA(double currentA) =>
        Read(currentA * (1 + _options.CurrentErrorFraction) + _options.CurrentOffsetA, _options.CurrentNoiseA, _options.CurrentResolutionA);

    /// <summary>What the probe reads, °C.</summary>
    public double ReadTemperatureDegC(double temperatureDegC) => Read(temperatureDegC, _options.TemperatureNoiseDegC, _options.TemperatureResolutionDegC);

    double Read(double value, double noise, double resolution) => Math.Round((value + noise * _noise.NextNormal()) / resolution) * resolution;
}
