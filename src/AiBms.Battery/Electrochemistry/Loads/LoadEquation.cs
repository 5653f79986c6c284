namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>g(t, I, V) with its slopes.</summary>
/// <remarks>Key: G the residual g, GI = ∂g/∂I, GV = ∂g/∂V, GT = ∂g/∂t.</remarks>
/// <param name="G">g.</param>
/// <param name="GI">∂g/∂I.</param>
/// <param name="GV">∂g/∂V.</param>
/// <param name="GT">∂g/∂t.</param>
public readonly record struct LoadEquation(double G, double GI, double GV, double GT);
