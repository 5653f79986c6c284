using AiBms.Battery.Electrochemistry;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>How a physics-based model is fitted.</summary>
public sealed record ElectrodeFitOptions
{
    /// <summary>The model.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>How finely.</summary>
    public Resolution Resolution { get; init; } = Resolution.Coarse;

    /// <summary>Variables; null for the usual ones.</summary>
    public IReadOnlyList<string>? Vary { get; init; }

    /// <summary>Voltages compared of each recording at most.</summary>
    public int MostPoints { get; init; } = 400;

    /// <summary>Linearisations a stage at most.</summary>
    public int MostRounds { get; init; } = 30;

    /// <summary>Whether parameters that the data hardly determine are held near where the fit began.</summary>
    public bool HoldsUnknown { get; init; } = true;

    /// <summary>Whether each parameter is also held at half and at twice its estimate while the others are fitted again.</summary>
    public bool Profiles { get; init; }
}
