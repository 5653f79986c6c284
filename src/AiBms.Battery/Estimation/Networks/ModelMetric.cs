namespace AiBms.Battery.Estimation.Networks;

/// <summary>One figure of a model.</summary>
/// <param name="Part">Part of the split it was measured on: train, choose or test.</param>
/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Value">The figure.</param>
public sealed record ModelMetric(string Part, string Name, double Value);
