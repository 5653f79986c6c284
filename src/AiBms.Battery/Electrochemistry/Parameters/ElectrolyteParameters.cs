namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>The electrolyte's bulk properties; arguments are concentrations in mol/m³.</summary>
public sealed record ElectrolyteParameters
{
    /// <summary>Salt concentration at rest, mol/m³.</summary>
    public required double ConcentrationMolPerM3 { get; init; }

    /// <summary>Diffusivity, m²/s.</summary>
    public required MaterialFunction DiffusivityM2PerS { get; init; }

    /// <summary>Conductivity, S/m.</summary>
    public required MaterialFunction ConductivitySPerM { get; init; }

    /// <summary>t₊, the share of current that the cation carries.</summary>
    public required MaterialFunction TransferenceFraction { get; init; }

    /// <summary>1 + ∂ln f/∂ln c.</summary>
    public required MaterialFunction ThermodynamicFactor { get; init; }
}
