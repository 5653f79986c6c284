namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>The separator.</summary>
public sealed record SeparatorParameters
{
    /// <summary>Thickness, m.</summary>
    public required double ThicknessM { get; init; }

    /// <summary>Electrolyte volume fraction, 0…1.</summary>
    public required double PorosityFraction { get; init; }

    /// <summary>B: effective over bulk transport in the electrolyte, 0…1.</summary>
    public required double TransportFraction { get; init; }

    /// <summary>Density of the wet layer, kg/m³; NaN where the source gives none.</summary>
    public double DensityKgPerM3 { get; init; } = double.NaN;

    /// <summary>Specific heat of the wet layer, J/(kg·K); NaN where the source gives none.</summary>
    public double SpecificHeatJPerKgK { get; init; } = double.NaN;
}
