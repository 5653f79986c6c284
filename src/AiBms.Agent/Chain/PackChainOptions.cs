using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Agent.Chain;

/// <summary>Options of the parts of a chain; the limits are not among them: nothing here can widen the protection.</summary>
public sealed record PackChainOptions
{
    /// <summary>Estimation; null for its defaults.</summary>
    public PackEstimatorOptions? Estimation { get; init; }

    /// <summary>Control; null for its defaults.</summary>
    public PackControlOptions? Control { get; init; }
}
