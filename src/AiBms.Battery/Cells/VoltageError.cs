namespace AiBms.Battery.Cells;

/// <summary>Size of the circuit's slowly varying voltage error, as seen on the recordings it was identified from.</summary>
/// <remarks>A filter that knows how wrong its model is, and for how long, gives bands that hold. Evenly spaced in temperature.</remarks>
public sealed record VoltageError
{
    /// <summary>Temperatures, °C, rising.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>Standard deviation of the slow error under load, V, one for each temperature.</summary>
    public required double[] LoadDeviationV { get; init; }

    /// <summary>
    /// Factor on <see cref="LoadDeviationV"/> over state of charge, evenly spaced from 0 to 1, two or more; null for 1 everywhere.
    /// Near empty a circuit is wrong by several times what it is in the middle.
    /// </summary>
    public double[]? SocFactor { get; init; }

    /// <summary>Standard deviation of the error after long rest, V.</summary>
    public required double RestDeviationV { get; init; }

    /// <summary>Standard deviation of the fast error from second to second, V, one for each temperature.</summary>
    public required double[] NoiseDeviationV { get; init; }

    /// <summary>Correlation time of the slow error, s.</summary>
    public required double CorrelationS { get; init; }
}
