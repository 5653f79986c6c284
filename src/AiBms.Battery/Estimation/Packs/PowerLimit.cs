namespace AiBms.Battery.Estimation.Packs;

/// <summary>The largest power and current of one direction that can be held for a time without a limit being crossed.</summary>
/// <param name="PowerW">Lowest power during that time, W at the terminals, ≥ 0; zero while unknown.</param>
/// <param name="CurrentA">The current that goes with it, A, ≥ 0.</param>
/// <param name="CurrentADeviation">One standard deviation of the true limit, A; the margin for it is already taken off <paramref name="CurrentA"/>.</param>
/// <param name="Binding">What keeps it from being larger.</param>
/// <param name="Cell">The cell that binds, from 0; −1 where none does.</param>
/// <param name="Validity">Whether it may be used, and if not, why.</param>
public readonly record struct PowerLimit(double PowerW, double CurrentA, double CurrentADeviation, PowerBinding Binding, int Cell, SocValidity Validity)
{
    /// <summary>Nothing is known: no power.</summary>
    public static PowerLimit Unknown => new(0, 0, double.NaN, PowerBinding.Unknown, -1, SocValidity.Unknown);
}
