namespace AiBms.Learning.Identification;

/// <summary>One recording prepared for identification: what went in, what came out, and how full the cell was.</summary>
public sealed record FitRun
{
    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    /// <summary>True when the recording takes part in the fit; false when it only checks it.</summary>
    public required bool IsFit { get; init; }

    /// <summary>True when its case temperature takes part in the thermal fit.</summary>
    public bool IsThermal { get; init; }

    /// <summary>Relative weight in the fit; every recording counts once, whatever its length.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Capacity of the cell at the time, Ah, that <see cref="Soc"/> refers to.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>Time, s, rising.</summary>
    public required double[] TimeS { get; init; }

    /// <summary>Current, A, positive while charging.</summary>
    public required double[] CurrentA { get; init; }

    /// <summary>Terminal voltage, V.</summary>
    public required double[] VoltageV { get; init; }

    /// <summary>Case temperature, °C.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>True when the case temperature was measured, false when the recipe states it.</summary>
    public bool HasMeasuredTemperature { get; init; }

    /// <summary>Temperature of the surroundings as the recipe tells it, °C; null: the case's own at the start, moved as <see cref="AmbientDegC"/> moves.</summary>
    public double? ToldAmbientDegC { get; init; }

    /// <summary>Temperature of the surroundings, °C, one for each sample; only its movement counts. Null when not recorded.</summary>
    public double[]? AmbientDegC { get; init; }

    /// <summary>State of charge by counting from a known start, 0…1.</summary>
    public required double[] Soc { get; init; }

    /// <summary>How many samples.</summary>
    public int Count => TimeS.Length;

    /// <summary>Mean case temperature, °C.</summary>
    public double MeanTemperatureDegC => TemperatureDegC.Average();
}
