namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>One porous electrode: geometry, the active material's thermodynamics and its kinetics.</summary>
public sealed record ElectrodeParameters
{
    /// <summary>Thickness, m.</summary>
    public required double ThicknessM { get; init; }

    /// <summary>Electrolyte volume fraction, 0…1.</summary>
    public required double PorosityFraction { get; init; }

    /// <summary>Active material volume fraction, 0…1.</summary>
    public required double ActiveFraction { get; init; }

    /// <summary>B: effective over bulk transport in the electrolyte (εᵇ by Bruggeman), 0…1.</summary>
    public required double TransportFraction { get; init; }

    /// <summary>Effective electronic conductivity, S/m.</summary>
    public required double ConductivitySPerM { get; init; }

    /// <summary>Particle radius, m.</summary>
    public required double ParticleRadiusM { get; init; }

    /// <summary>Lithium concentration of the full material, mol/m³.</summary>
    public required double MaximumConcentrationMolPerM3 { get; init; }

    /// <summary>Stoichiometry at which the set starts (its own initial state), 0…1.</summary>
    public required double InitialStoichiometry { get; init; }

    /// <summary>Open-circuit potential against lithium at the reference temperature, V, of stoichiometry.</summary>
    public required MaterialFunction OpenCircuitPotentialV { get; init; }

    /// <summary>dU/dT, V/K, of stoichiometry.</summary>
    public required MaterialFunction EntropicVPerK { get; init; }

    /// <summary>Solid diffusivity, m²/s, of stoichiometry.</summary>
    public required MaterialFunction DiffusivityM2PerS { get; init; }

    /// <summary>Exchange current density, A/m².</summary>
    public required ExchangeCurrent ExchangeCurrent { get; init; }

    /// <summary>Density of the wet layer, kg/m³; NaN where the source gives none.</summary>
    public double DensityKgPerM3 { get; init; } = double.NaN;

    /// <summary>Specific heat of the wet layer, J/(kg·K); NaN where the source gives none.</summary>
    public double SpecificHeatJPerKgK { get; init; } = double.NaN;

    /// <summary>a = 3εₛ/R: particle surface per volume of electrode, 1/m.</summary>
    public double SurfacePerM => 3 * ActiveFraction / ParticleRadiusM;
}
