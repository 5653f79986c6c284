using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>How finely the single particle model is resolved, and whether it has an electrolyte.</summary>
public sealed record SpmOptions
{
    /// <summary>True is SPMe: salt diffusion through the cell, its overpotential and ohmic drops.</summary>
    public bool WithElectrolyte { get; init; }

    /// <summary>Cells through the negative electrode (SPMe).</summary>
    public int NegativeCells { get; init; } = 10;

    /// <summary>Cells through the separator (SPMe).</summary>
    public int SeparatorCells { get; init; } = 4;

    /// <summary>Cells through the positive electrode (SPMe).</summary>
    public int PositiveCells { get; init; } = 10;

    /// <summary>Terms in a particle.</summary>
    public int ParticleTerms { get; init; } = 10;

    /// <summary>Discretised as PyBaMM does by default, for comparisons: <see cref="ParticleTerms"/> even shells whose surface is extrapolated, plain means at the cells' faces.</summary>
    public bool LikePyBamm { get; init; }

    /// <summary>Whether the cell's temperature is a state (one lumped temperature) or stays at ambient.</summary>
    public bool LumpedThermal { get; init; }

    /// <summary>What ages; null for nothing.</summary>
    public CellAgeing? Ageing { get; init; }

    /// <summary>The conductivity of SPMe is taken at this times the mean salt concentration; 1 is right.</summary>
    /// <remarks>A widely used tool forms the mean as mean(ε·c)·mean(1/ε); its curves are matched by mean(ε)·mean(1/ε) here.</remarks>
    public double ConductivityConcentrationFactor { get; init; } = 1;
}
