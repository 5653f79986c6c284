namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A metal foil, counted for its heat capacity.</summary>
/// <param name="ThicknessM">Thickness, m.</param>
/// <param name="DensityKgPerM3">Density, kg/m³.</param>
/// <param name="SpecificHeatJPerKgK">Specific heat, J/(kg·K).</param>
public sealed record CurrentCollector(double ThicknessM, double DensityKgPerM3, double SpecificHeatJPerKgK);
