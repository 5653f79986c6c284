namespace AiBms.Battery.Cells;

/// <summary>How far a cell's true capacity may be from the reference capacity, over temperature.</summary>
/// <remarks>
/// SOC is a fraction of a reference capacity. Where the capacity that was measured differs from test to test or with temperature, SOC
/// itself is uncertain by that fraction of what has been discharged since full, however good the voltage fits.
/// </remarks>
public sealed record CapacityError
{
    /// <summary>Temperatures, °C, rising; one or more.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>One standard deviation as a fraction of the reference capacity, one for each temperature.</summary>
    public required double[] DeviationFraction { get; init; }

    /// <summary>Deviation at a temperature, linear between the nodes and held beyond them.</summary>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    public double At(double temperatureDegC)
    {
        int last = TemperatureDegC.Length - 1;
        if (!(temperatureDegC > TemperatureDegC[0])) return DeviationFraction[0];
        if (temperatureDegC >= TemperatureDegC[last]) return DeviationFraction[last];
        int k = 0;
        while (temperatureDegC >= TemperatureDegC[k + 1]) k++;
        double weight = (temperatureDegC - TemperatureDegC[k]) / (TemperatureDegC[k + 1] - TemperatureDegC[k]);
        return DeviationFraction[k] + (DeviationFraction[k + 1] - DeviationFraction[k]) * weight;
    }

    /// <summary>What is wrong with these numbers, in one sentence; null when nothing is.</summary>
    public string? Fault()
    {
        if (TemperatureDegC.Length == 0 || TemperatureDegC.Length != DeviationFraction.Length) return "capacityError needs one deviationFraction for each temperature.";
        for (int k = 1; k < TemperatureDegC.Length; k++) if (!(TemperatureDegC[k] > TemperatureDegC[k - 1])) return "Temperatures of capacityError must rise.";
        return DeviationFraction.All(f => f is >= 0 and < 0.5) ? null : "deviationFraction of capacityError must lie between 0 and 0.5.";
    }
}
