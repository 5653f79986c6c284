namespace AiBms.Battery.Estimation.Packs;

/// <summary>The load that an energy is stated for.</summary>
/// <param name="PowerW">Constant power out of the pack, W; NaN where it is a current or the recent use.</param>
/// <param name="CurrentA">Constant current out of the pack, A; NaN where it is a power or the recent use.</param>
public readonly record struct EnergyLoad(double PowerW, double CurrentA)
{
    /// <summary>As the pack was used lately.</summary>
    public static EnergyLoad Recent => new(double.NaN, double.NaN);

    /// <summary>A power that stays, W, positive out of the pack.</summary>
    public static EnergyLoad OfPower(double powerW) => new(powerW, double.NaN);

    /// <summary>A current that stays, A, positive out of the pack.</summary>
    public static EnergyLoad OfCurrent(double currentA) => new(double.NaN, currentA);
}
