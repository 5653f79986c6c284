using AiBms.Agent.Chain;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation.Twin;

namespace AiBms.Agent.Simulate;

/// <summary>What became of a simulated pack.</summary>
/// <param name="Rows">Readings, truth and sums.</param>
/// <param name="Twin">The pack as it is at the end.</param>
/// <param name="Chain">Protection, estimation and control as they are at the end.</param>
/// <param name="Events">What began and ended, in order.</param>
/// <param name="Findings">What estimates found wrong at any time, in order, each with the most it was.</param>
/// <param name="Options">What was asked.</param>
public sealed record PackSimulationResult(PackSimulationRows Rows, PackTwin Twin, PackChain Chain, IReadOnlyList<PackEvent> Events, IReadOnlyList<PackFinding> Findings, PackSimulationOptions Options);
