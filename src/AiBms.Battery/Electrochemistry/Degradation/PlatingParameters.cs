namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>Plating and stripping of lithium metal on the negative particles.</summary>
/// <remarks>
/// j = F·k·[c_Li·exp((1 − α)Fη/RT) − cₑ·exp(−αFη/RT)], η = φₛ − φₑ without the film's drop; plated lithium falls dead at
/// γ = γ₀·L₀/L of the film. Sources: O'Kane et al., J. Electrochem. Soc. 167 (2020) 090540, doi:10.1149/1945-7111/ab90ac, and
/// Phys. Chem. Chem. Phys. 24 (2022) 7909, doi:10.1039/D2CP00417H.
/// </remarks>
public sealed record PlatingParameters
{
    /// <summary>What becomes of the plated lithium.</summary>
    public PlatingKind Kind { get; init; } = PlatingKind.PartiallyReversible;

    /// <summary>k, m/s.</summary>
    public double RateMPerS { get; init; } = 1e-9;

    /// <summary>α, the transfer coefficient of plating, 0…1; stripping has the rest.</summary>
    public double TransferFraction { get; init; } = 0.65;

    /// <summary>γ₀, 1/s.</summary>
    public double DecayPerS { get; init; } = 1e-6;

    /// <summary>Molar volume of lithium metal, m³/mol.</summary>
    public double MolarVolumeM3PerMol { get; init; } = 1.3e-5;
}
