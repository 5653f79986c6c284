namespace AiBms.Battery.Control;

/// <summary>What cooling aims at. A planner that knows what comes may write its own instead of a mode's.</summary>
/// <param name="HotTargetDegC">The hottest cell is held at or below this, °C.</param>
/// <param name="InletBelowK">The coolant enters this far below that target, K.</param>
/// <param name="RiseK">Rise of the coolant from inlet to outlet that the feed-forward allows, K: less means more flow.</param>
/// <param name="ChillerCeilingFraction">Largest share of the chiller, 0…1.</param>
/// <param name="SpreadK">The pump also runs while hottest and coldest cell are further apart, K.</param>
/// <param name="ChargeFloorDegC">Where charging is asked for, the coldest cell is warmed to this, °C.</param>
public sealed record CoolingSetpoints(double HotTargetDegC, double InletBelowK, double RiseK, double ChillerCeilingFraction, double SpreadK, double ChargeFloorDegC)
{
    static readonly CoolingSetpoints s_performance = new(28, 6, 2, 1, 3, 20), s_balanced = new(33, 6, 4, 1, 5, 15), s_eco = new(38, 4, 6, 0.6, 7, 8);

    /// <summary>The setpoints of a mode.</summary>
    public static CoolingSetpoints Of(CoolingMode mode) => mode switch
    {
        CoolingMode.Performance => s_performance,
        CoolingMode.Eco => s_eco,
        _ => s_balanced,
    };
}
