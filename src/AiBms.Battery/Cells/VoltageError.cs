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

    /// <summary>
    /// Lowest state of charge that recordings under load came to near each temperature; null where that is not known. Below it the circuit
    /// is no more than a continuation, and of the charge it promises there any part may come.
    /// </summary>
    public double[]? LeastSoc { get; init; }

    /// <summary><see cref="LeastSoc"/> at a temperature, linear between the nodes and held beyond them; 0 where it is not known.</summary>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    public double LeastSocAt(double temperatureDegC) => LeastSoc is { } least ? At(least, (temperatureDegC - TemperatureDegC[0]) / Math.Max(1e-9, TemperatureDegC[^1] - TemperatureDegC[0])) : 0;

    /// <summary>Standard deviation of the slow error under load at a temperature, °C, and a state of charge, V.</summary>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="soc">State of charge.</param>
    public double LoadDeviationAt(double temperatureDegC, double soc) =>
        At(LoadDeviationV, (temperatureDegC - TemperatureDegC[0]) / Math.Max(1e-9, TemperatureDegC[^1] - TemperatureDegC[0])) * (SocFactor is { } factor ? At(factor, soc) : 1);

    /// <summary>What is wrong with these numbers, in one sentence; null when nothing is.</summary>
    public string? Fault()
    {
        if (TemperatureDegC.Length == 0 || TemperatureDegC.Length != LoadDeviationV.Length || TemperatureDegC.Length != NoiseDeviationV.Length) return "voltageError needs one loadDeviationV and one noiseDeviationV for each temperature.";
        if (LeastSoc is { } least && (least.Length != TemperatureDegC.Length || !least.All(soc => soc is >= 0 and <= 1))) return "leastSoc of voltageError must be one number from 0 to 1 for each temperature.";
        return SocFactor is { Length: < 2 } ? "socFactor of voltageError needs two numbers or more." : null;
    }

    /// <summary>Value of an evenly spaced table at a share of its length, held beyond its ends.</summary>
    static double At(double[] table, double share)
    {
        double place = Math.Clamp(share, 0, 1) * (table.Length - 1);
        int k = Math.Min((int)place, Math.Max(0, table.Length - 2));
        return table.Length == 1 ? table[0] : table[k] + (table[k + 1] - table[k]) * (place - k);
    }
}
