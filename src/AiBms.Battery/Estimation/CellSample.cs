namespace AiBms.Battery.Estimation;

/// <summary>What one cell measured at one moment. A value that is not known is NaN, never zero.</summary>
/// <param name="TimeS">Time since the recording began, s. May step irregularly; a step of zero or backwards is not integrated.</param>
/// <param name="CurrentA">Current, A, positive while charging.</param>
/// <param name="VoltageV">Terminal voltage, V.</param>
/// <param name="TemperatureDegC">Case temperature, °C.</param>
public readonly record struct CellSample(double TimeS, double CurrentA, double VoltageV, double TemperatureDegC);
