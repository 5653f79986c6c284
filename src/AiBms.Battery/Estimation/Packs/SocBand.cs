namespace AiBms.Battery.Estimation.Packs;

/// <summary>A share between empty and full, with its standard deviation and whether it may be used.</summary>
/// <param name="Soc">0…1; NaN while unknown.</param>
/// <param name="SocDeviation">One standard deviation; NaN while unknown.</param>
/// <param name="Validity">Whether it may be used, and if not, why.</param>
public readonly record struct SocBand(double Soc, double SocDeviation, SocValidity Validity)
{
    /// <summary>Nothing is known.</summary>
    public static SocBand Unknown => new(double.NaN, double.NaN, SocValidity.Unknown);
}
