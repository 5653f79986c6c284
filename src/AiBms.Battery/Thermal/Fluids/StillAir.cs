namespace AiBms.Battery.Thermal.Fluids;

/// <summary>Heat given off by an upright face in still air: natural convection and radiation.</summary>
/// <remarks>
/// Churchill and Chu, Int. J. Heat Mass Transfer 18 (1975) 1323, doi 10.1016/0017-9310(75)90243-4: laminar and turbulent in one.
/// Radiation to surroundings at the air's temperature, grey face, linearised exactly: (a⁴ − b⁴)/(a − b) = (a² + b²)(a + b).
/// </remarks>
public static class StillAir
{
    const double GravityMPerS2 = 9.80665, StefanBoltzmann = 5.670374419e-8, Emissivity = 0.9;

    /// <summary>Heat given off for each square metre and kelvin, W/(m²·K).</summary>
    /// <param name="air">Properties at the mean of face and air.</param>
    /// <param name="faceDegC">Temperature of the face, °C.</param>
    /// <param name="airDegC">Temperature of air and surroundings, °C.</param>
    /// <param name="heightM">Height of the face, m, &gt; 0.</param>
    public static double FilmWPerM2K(FluidState air, double faceDegC, double airDegC, double heightM)
    {
        double faceK = Units.ToKelvin(faceDegC), airK = Units.ToKelvin(airDegC), prandtl = air.Prandtl;
        double expansionPerK = 2 / (faceK + airK);
        double rayleigh = GravityMPerS2 * expansionPerK * Math.Abs(faceK - airK) * heightM * heightM * heightM * prandtl / (air.ViscosityM2PerS * air.ViscosityM2PerS);
        double shape = Math.Pow(1 + Math.Pow(0.492 / prandtl, 9.0 / 16), 8.0 / 27);
        double root = 0.825 + 0.387 * Math.Pow(rayleigh, 1.0 / 6) / shape;
        double radiation = Emissivity * StefanBoltzmann * (faceK * faceK + airK * airK) * (faceK + airK);
        return root * root * air.ConductivityWPerMK / heightM + radiation;
    }
}
