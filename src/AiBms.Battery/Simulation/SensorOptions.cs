namespace AiBms.Battery.Simulation;

/// <summary>What the sensors of a battery management system do to the truth.</summary>
/// <remarks>The defaults are a 12-bit converter over 5 V for each cell, and one over ±50 A for the shunt.</remarks>
public sealed record SensorOptions
{
    /// <summary>Standard deviation of the voltage noise, V, ≥ 0.</summary>
    public double VoltageNoiseV { get; init; } = 0.001;

    /// <summary>Smallest difference a cell's voltage is read in, V, &gt; 0.</summary>
    public double VoltageResolutionV { get; init; } = 5.0 / 4096;

    /// <summary>Standard deviation of the current noise, A, ≥ 0.</summary>
    public double CurrentNoiseA { get; init; } = 0.02;

    /// <summary>Smallest difference the current is read in, A, &gt; 0.</summary>
    public double CurrentResolutionA { get; init; } = 100.0 / 4096;

    /// <summary>Constant error of the current, A.</summary>
    public double CurrentOffsetA { get; init; } = 0.015;

    /// <summary>Relative error of the current: 0.01 reads one percent too much.</summary>
    public double CurrentErrorFraction { get; init; } = 0.005;

    /// <summary>Standard deviation of the temperature noise, °C, ≥ 0.</summary>
    public double TemperatureNoiseDegC { get; init; } = 0.1;

    /// <summary>Smallest difference the temperature is read in, °C, &gt; 0.</summary>
    public double TemperatureResolutionDegC { get; init; } = 0.1;
}
