namespace AiBms.Battery.Electrochemistry.Sensitivities;

/// <summary>A run's voltage at given times, and its derivatives in the logarithms of parameters.</summary>
/// <param name="VoltageV">Voltage at each time, V; NaN from where a run has ended.</param>
/// <param name="ByLogarithmV">For each parameter p, ∂V/∂ln p at each time, V; NaN where a neighbouring run has ended.</param>
/// <param name="EndS">When the run ended, s.</param>
/// <param name="EndByLogarithmS">∂(end)/∂ln p of each parameter, s.</param>
/// <param name="Reached">How many of the times the run reached.</param>
public sealed record VoltageSensitivity(double[] VoltageV, double[][] ByLogarithmV, double EndS, double[] EndByLogarithmS, int Reached);
