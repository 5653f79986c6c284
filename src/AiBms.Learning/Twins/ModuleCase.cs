namespace AiBms.Learning.Twins;

/// <summary>One recording of a module, and how near the twin's group voltages came.</summary>
/// <param name="Recording">Its name.</param>
/// <param name="Use">"fit" where capacities and the factor on resistances were taken from it, else "test".</param>
/// <param name="GroupRmseV">Root mean square over time of each group's voltage error, V.</param>
/// <param name="GroupWorstV">Largest error of each group, V, simulated minus measured.</param>
/// <param name="UniformRmseV">The same with six groups alike, full at the start, V.</param>
/// <param name="SpreadRmseV">Root mean square of the error in highest minus lowest group, V.</param>
/// <param name="SpreadMeanV">Mean of the measured highest minus lowest group, V.</param>
public sealed record ModuleCase(string Recording, string Use, double[] GroupRmseV, double[] GroupWorstV, double[] UniformRmseV, double SpreadRmseV, double SpreadMeanV)
{
    /// <summary>Time, s; measured and simulated group voltages, V, [group][row]; for the picture.</summary>
    internal ModuleTrace? Trace { get; init; }
}
