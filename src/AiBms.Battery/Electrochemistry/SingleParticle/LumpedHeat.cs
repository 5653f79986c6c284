using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>One temperature of a cell under a heat that runs straight: C·dT/dt = Q − k·(T − Tₐ), solved exactly.</summary>
static class LumpedHeat
{
    /// <summary>Temperature after a time, K.</summary>
    /// <param name="set">The cell's heat capacity and cooling.</param>
    /// <param name="beginK">Temperature at the beginning, K.</param>
    /// <param name="ambientK">Temperature around, K.</param>
    /// <param name="tau">How long, s.</param>
    /// <param name="firstW">Heat at the beginning, W.</param>
    /// <param name="lastW">Heat at the end, W.</param>
    public static double TemperatureK(ParameterSet set, double beginK, double ambientK, double tau, double firstW, double lastW)
    {
        // The closed forms lose digits where cooling is slow against the step; there their series is exact.
        double z = tau * set.CoolingWPerK / set.HeatCapacityJPerK, left = Math.Exp(-z);
        double once = z < 1e-3 ? 1 - z / 2 + z * z / 6 : (1 - left) / z, twice = z < 1e-3 ? 0.5 - z / 6 + z * z / 24 : (1 - once) / z;
        return ambientK + (beginK - ambientK) * left + tau / set.HeatCapacityJPerK * (firstW * (once - twice) + lastW * twice);
    }
}
