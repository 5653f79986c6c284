namespace AiBms.Battery.Ageing;

/// <summary>What holds back the growth of the solid-electrolyte interphase.</summary>
public enum SeiLaw
{
    /// <summary>The reaction at the surface (Tafel).</summary>
    ReactionLimited,

    /// <summary>Solvent coming through the film.</summary>
    SolventDiffusionLimited,

    /// <summary>Electrons going out through the film.</summary>
    ElectronMigrationLimited,

    /// <summary>Lithium interstitials diffusing through the film.</summary>
    InterstitialDiffusionLimited,

    /// <summary>Reaction and diffusion of ethylene carbonate in series.</summary>
    CarbonateReactionLimited,
}
