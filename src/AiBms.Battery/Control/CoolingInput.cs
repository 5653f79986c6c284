namespace AiBms.Battery.Control;

/// <summary>What the cooling control looks at.</summary>
/// <param name="HottestDegC">The hottest cell, °C; NaN where unknown: then the pump runs at full duty.</param>
/// <param name="ColdestDegC">The coldest cell, °C; NaN where unknown.</param>
/// <param name="InletDegC">Coolant where it enters, °C; NaN where it is not measured.</param>
/// <param name="HeatW">Heat that the cells give off now, W.</param>
/// <param name="IsChargeWanted">True where charging is asked for: cold cells are warmed.</param>
/// <param name="StepS">Time since the step before, s.</param>
public readonly record struct CoolingInput(double HottestDegC, double ColdestDegC, double InletDegC, double HeatW, bool IsChargeWanted, double StepS);
