using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>What a fit of a physics-based model gives.</summary>
/// <param name="Set">The fitted set; its initial state is the full cell.</param>
/// <param name="Changes">Numbers that differ from the set it began from, by name.</param>
/// <param name="Estimates">The fitted parameters.</param>
/// <param name="Curves">The recordings.</param>
/// <param name="Rounds">Linearisations of all stages.</param>
/// <param name="Converged">Whether the last stage converged.</param>
public sealed record ElectrodeFitResult(
    ParameterSet Set, IReadOnlyDictionary<string, double> Changes, IReadOnlyList<ParameterEstimate> Estimates, IReadOnlyList<CurveScore> Curves, int Rounds, bool Converged);
