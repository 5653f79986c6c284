namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>Stress in the particles from uneven lithium, the cracks it opens and the active material it costs.</summary>
/// <remarks>
/// Tangential stress at the surface σ = Ω·E/(3(1 − ν))·(mean c − surface c); crack length by Paris' law dl/dt = k·(b·σ·√(πl))^m / 3600 s for
/// σ &gt; 0; active fraction dεₛ/dt = −β·(⅔σ/σ_crit)^n for σ &gt; 0. Sources: Ai et al., J. Electrochem. Soc. 167 (2020) 013512,
/// doi:10.1149/2.0122001JES; O'Kane et al., Phys. Chem. Chem. Phys. 24 (2022) 7909, doi:10.1039/D2CP00417H (defaults: its negative electrode).
/// </remarks>
public sealed record MechanicsParameters
{
    /// <summary>Ω, partial molar volume of lithium in the material, m³/mol.</summary>
    public double PartialMolarVolumeM3PerMol { get; init; } = 3.1e-6;

    /// <summary>E, Pa.</summary>
    public double YoungPa { get; init; } = 1.5e10;

    /// <summary>ν.</summary>
    public double PoissonFraction { get; init; } = 0.3;

    /// <summary>Whether the stress drives diffusion on: D·(1 + θ·c/T), θ = 2Ω²E/(9R(1 − ν)).</summary>
    public bool DrivesDiffusion { get; init; } = true;

    /// <summary>Whether cracks grow and film forms in them.</summary>
    public bool Cracks { get; init; }

    /// <summary>Length of the new cell's cracks, m.</summary>
    public double CrackLengthM { get; init; } = 2e-8;

    /// <summary>Width of a crack, m.</summary>
    public double CrackWidthM { get; init; } = 1.5e-8;

    /// <summary>Cracks per surface, 1/m².</summary>
    public double CracksPerM2 { get; init; } = 3.18e15;

    /// <summary>b of Paris' law.</summary>
    public double StressIntensityFactor { get; init; } = 1.12;

    /// <summary>m of Paris' law.</summary>
    public double ParisExponent { get; init; } = 2.2;

    /// <summary>k of Paris' law, in m for a stress intensity in Pa·√m.</summary>
    public double ParisRateM { get; init; } = 3.9e-20;

    /// <summary>Thickness of the film on a fresh crack, m.</summary>
    public double FreshFilmM { get; init; } = 5e-13;

    /// <summary>β, 1/s; 0 keeps the active material.</summary>
    public double LossPerS { get; init; }

    /// <summary>n.</summary>
    public double LossExponent { get; init; } = 2;

    /// <summary>σ_crit, Pa.</summary>
    public double CriticalPa { get; init; } = 6e7;
}
