namespace AiBms.Battery.Thermal.Fluids;

/// <summary>A coolant: what it holds, conducts and resists, over temperature.</summary>
/// <remarks>Tables at evenly spaced temperatures; between nodes linear (viscosity: linear in its logarithm), outside them held.</remarks>
public sealed record Fluid
{
    /// <summary>Short name, as packs use it.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>Temperatures of the nodes, °C, rising in even steps.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>Density, kg/m³.</summary>
    public required double[] DensityKgPerM3 { get; init; }

    /// <summary>Specific heat at constant pressure, J/(kg·K).</summary>
    public required double[] HeatCapacityJPerKgK { get; init; }

    /// <summary>Thermal conductivity, W/(m·K).</summary>
    public required double[] ConductivityWPerMK { get; init; }

    /// <summary>Kinematic viscosity, m²/s.</summary>
    public required double[] ViscosityM2PerS { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required FluidSource Source { get; init; }

    /// <summary>Properties at a temperature. Allocates nothing.</summary>
    public FluidState At(double temperatureDegC)
    {
        int last = TemperatureDegC.Length - 2;
        double place = (temperatureDegC - TemperatureDegC[0]) / (TemperatureDegC[1] - TemperatureDegC[0]);
        place = Math.Clamp(place, 0, last + 1);
        int k = Math.Min((int)place, last);
        double w = place - k;
        double between(double[] table) => table[k] + (table[k + 1] - table[k]) * w;
        double viscosity = ViscosityM2PerS[k] * Math.Pow(ViscosityM2PerS[k + 1] / ViscosityM2PerS[k], w);
        return new(between(DensityKgPerM3), between(HeatCapacityJPerKgK), between(ConductivityWPerMK), viscosity);
    }

    /// <summary>What is wrong with these numbers, in one sentence; null when nothing is.</summary>
    public string? Fault()
    {
        int count = TemperatureDegC.Length;
        if (count < 2) return "a fluid needs at least two temperatures.";
        for (int k = 1; k < count; k++)
        {
            double step = TemperatureDegC[k] - TemperatureDegC[k - 1];
            if (!(step > 0) || Math.Abs(step - (TemperatureDegC[1] - TemperatureDegC[0])) > 1e-9) return "the temperatures must rise in even steps.";
        }

        foreach (double[] table in (ReadOnlySpan<double[]>)[DensityKgPerM3, HeatCapacityJPerKgK, ConductivityWPerMK, ViscosityM2PerS])
            if (table.Length != count || !table.All(x => x > 0 && double.IsFinite(x))) return "every table needs one positive number a temperature.";
        return null;
    }
}
