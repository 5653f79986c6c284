namespace AiBms.Battery.Estimation.Packs;

/// <summary>Energy that can be taken out now until the first limit, at a stated load.</summary>
/// <param name="EnergyWh">Wh at the pack's terminals; NaN while unknown.</param>
/// <param name="EnergyWhDeviation">One standard deviation, Wh.</param>
/// <param name="LoadW">The load it is stated for, W, positive out of the pack.</param>
/// <param name="TimeS">How long that load can be carried, s.</param>
/// <param name="Cell">The cell that ends it, from 0; −1 while unknown.</param>
/// <param name="Validity">Whether it may be used, and if not, why.</param>
public readonly record struct EnergyEstimate(double EnergyWh, double EnergyWhDeviation, double LoadW, double TimeS, int Cell, SocValidity Validity)
{
    /// <summary>Nothing is known.</summary>
    public static EnergyEstimate Unknown => new(double.NaN, double.NaN, double.NaN, double.NaN, -1, SocValidity.Unknown);
}
