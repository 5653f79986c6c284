namespace AiBms.Battery.Estimation.Packs;

/// <summary>What the heater of a cooling loop is told, for forecasts.</summary>
/// <param name="HeatW">Heat that it gives to the coolant, W, ≥ 0.</param>
/// <param name="UntilDegC">It stops once the coldest cell is this warm, °C.</param>
public readonly record struct HeaterUse(double HeatW, double UntilDegC);
