using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Safety.Limits;

namespace AiBms.Agent.Host;

/// <summary>A pack's port with what has to be known of the pack behind it.</summary>
/// <param name="Port">The port.</param>
/// <param name="Cell">The cell the pack is built from.</param>
/// <param name="Limits">The protection's limits.</param>
/// <param name="IsClocked">True where readings are of now; false where their times go by the record or the simulation.</param>
/// <param name="Assumed">What was assumed because nobody said, one sentence each.</param>
public sealed record AgentPort(IPackPort Port, CellType Cell, SafetyLimits Limits, bool IsClocked, IReadOnlyList<string> Assumed)
{
    /// <summary>What the pack's estimator believes; null for the defaults.</summary>
    public PackEstimatorOptions? Estimation { get; init; }
}
