namespace AiBms.Battery.Thermal.Fluids;

/// <summary>A fluid's properties at one temperature.</summary>
/// <param name="DensityKgPerM3">Density, kg/m³.</param>
/// <param name="HeatCapacityJPerKgK">Specific heat, J/(kg·K).</param>
/// <param name="ConductivityWPerMK">Thermal conductivity, W/(m·K).</param>
/// <param name="ViscosityM2PerS">Kinematic viscosity, m²/s.</param>
public readonly record struct FluidState(double DensityKgPerM3, double HeatCapacityJPerKgK, double ConductivityWPerMK, double ViscosityM2PerS)
{
    /// <summary>Prandtl number: how fast momentum spreads against heat.</summary>
    public double Prandtl => ViscosityM2PerS * DensityKgPerM3 * HeatCapacityJPerKgK / ConductivityWPerMK;
}
