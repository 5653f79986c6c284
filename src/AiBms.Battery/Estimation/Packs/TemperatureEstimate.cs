namespace AiBms.Battery.Estimation.Packs;

/// <summary>A temperature now or at a later time.</summary>
/// <param name="TemperatureDegC">°C; NaN while unknown.</param>
/// <param name="TemperatureDegCDeviation">One standard deviation, K.</param>
/// <param name="Cell">The cell it is of, from 0; −1 while unknown.</param>
/// <param name="Validity">Whether it may be used, and if not, why.</param>
public readonly record struct TemperatureEstimate(double TemperatureDegC, double TemperatureDegCDeviation, int Cell, SocValidity Validity)
{
    /// <summary>Nothing is known.</summary>
    public static TemperatureEstimate Unknown => new(double.NaN, double.NaN, -1, SocValidity.Unknown);
}
