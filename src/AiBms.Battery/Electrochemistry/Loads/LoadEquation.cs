namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>g(t, I, V) with its slopes.</summary>
/// <param name="Residual">g.</param>
/// <param name="CurrentSlope">∂g/∂I.</param>
/// <param name="VoltageSlope">∂g/∂V.</param>
/// <param name="TimeSlope">∂g/∂t.</param>
public readonly record struct LoadEquation(double Residual, double CurrentSlope, double VoltageSlope, double TimeSlope);
