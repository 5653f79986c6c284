namespace AiBms.Battery.Ageing;

/// <summary>Numbers of the solid-electrolyte interphase that the five growth laws share.</summary>
/// <remarks>Defaults: the example values distributed with the Chen2020, Marquis2019 and other sets, from Safari et al. 2009, Single et al. 2018 and Yang et al. 2017.</remarks>
public sealed record SeiParameters
{
    /// <summary>Thickness of the new cell's film, m.</summary>
    public double InitialThicknessM { get; init; } = 5e-9;

    /// <summary>Resistivity, Ω·m.</summary>
    public double ResistivityOhmM { get; init; } = 2e5;

    /// <summary>Partial molar volume, m³/mol.</summary>
    public double MolarVolumeM3PerMol { get; init; } = 9.585e-5;

    /// <summary>Moles of lithium per mole of film.</summary>
    public double LithiumRatio { get; init; } = 2;

    /// <summary>Equilibrium potential of the reaction, V.</summary>
    public double OpenCircuitV { get; init; } = 0.4;

    /// <summary>Exchange current density of the reaction-limited law, A/m².</summary>
    public double ExchangeAPerM2 { get; init; } = 1.5e-7;

    /// <summary>Solvent diffusivity in the film, m²/s.</summary>
    public double SolventDiffusivityM2PerS { get; init; } = 2.5e-22;

    /// <summary>Solvent concentration in the bulk, mol/m³.</summary>
    public double SolventMolPerM3 { get; init; } = 2636;

    /// <summary>Electron conductivity of the film, S/m.</summary>
    public double ElectronConductivitySPerM { get; init; } = 8.95e-14;

    /// <summary>Diffusivity of lithium interstitials, m²/s.</summary>
    public double InterstitialDiffusivityM2PerS { get; init; } = 1e-20;

    /// <summary>Concentration of lithium interstitials at 0 V against lithium, mol/m³.</summary>
    public double InterstitialMolPerM3 { get; init; } = 15;

    /// <summary>Ethylene carbonate in the bulk, mol/m³.</summary>
    public double CarbonateMolPerM3 { get; init; } = 4541;

    /// <summary>Ethylene carbonate diffusivity in the film, m²/s.</summary>
    public double CarbonateDiffusivityM2PerS { get; init; } = 2e-18;

    /// <summary>Rate constant of ethylene carbonate's reduction, m/s.</summary>
    public double CarbonateRateMPerS { get; init; } = 1e-12;

    /// <summary>Activation energy of all laws, J/mol.</summary>
    public double ActivationJPerMol { get; init; }

    /// <summary>Temperature at which the numbers hold, K.</summary>
    public double ReferenceK { get; init; } = 298.15;
}
