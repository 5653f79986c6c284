using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>How finely the Doyle–Fuller–Newman model is resolved.</summary>
public sealed record DfnOptions
{
    /// <summary>Cells through the negative electrode.</summary>
    public int NegativeCells { get; init; } = 12;

    /// <summary>Cells through the separator.</summary>
    public int SeparatorCells { get; init; } = 4;

    /// <summary>Cells through the positive electrode.</summary>
    public int PositiveCells { get; init; } = 12;

    /// <summary>Modes in a particle of constant diffusivity, or polynomial terms in one of varying diffusivity.</summary>
    public int ParticleTerms { get; init; } = 10;

    /// <summary>Discretised as PyBaMM does by default, for comparisons: <see cref="ParticleTerms"/> even shells whose surface is extrapolated, plain means at the cells' faces.</summary>
    public bool LikePyBamm { get; init; }

    /// <summary>Whether the cell's temperature is a state (one lumped temperature) or stays at ambient.</summary>
    public bool LumpedThermal { get; init; }

    /// <summary>What ages; null for nothing.</summary>
    public CellAgeing? Ageing { get; init; }
}
