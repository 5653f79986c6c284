namespace AiBms.Battery.Estimation.Edge;

/// <summary>Temperatures after a time of constant heat.</summary>
/// <param name="CoreDegC">Inside, °C.</param>
/// <param name="CaseDegC">Case, °C.</param>
/// <param name="CoreDegCDeviation">One standard deviation, K.</param>
/// <param name="CaseDegCDeviation">One standard deviation, K.</param>
public readonly record struct EdgeThermalAhead(float CoreDegC, float CaseDegC, float CoreDegCDeviation, float CaseDegCDeviation);
