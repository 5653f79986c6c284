namespace AiBms.Battery.Estimation.Edge;

/// <summary>What the float filter answers after a step.</summary>
/// <param name="Soc">State of charge, 0…1.</param>
/// <param name="SocDeviation">One standard deviation.</param>
/// <param name="ModelVoltageV">Voltage expected, V.</param>
/// <param name="ResidualVoltageV">Measured minus expected, V; 0 without a usable voltage.</param>
/// <param name="OffsetA">Offset of the current sensor, A.</param>
/// <param name="CoreDegC">Temperature inside the cell, °C.</param>
/// <param name="ExcessFraction">Excess of all resistances over the cell's, relative.</param>
/// <param name="Validity">Whether the SOC may be used.</param>
public readonly record struct EdgeAnswer(
    float Soc, float SocDeviation, float ModelVoltageV, float ResidualVoltageV, float OffsetA, float CoreDegC, float ExcessFraction,
    SocValidity Validity);
