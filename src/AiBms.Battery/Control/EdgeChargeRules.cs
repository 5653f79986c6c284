namespace AiBms.Battery.Control;

/// <summary>How a pack is charged, in float, as the C structure <c>aibms_charge_rules</c> has it. Meanings as in <see cref="ChargeOptions"/>.</summary>
/// <param name="CapacityAh">Capacity of a parallel group, Ah.</param>
/// <param name="RatedA">Rated charge current of the pack, A.</param>
/// <param name="FullV">Charge cut-off of a cell, V.</param>
/// <param name="MarginV">The worst cell is held this far below it, V.</param>
/// <param name="TaperFactor">How much larger the resistance is taken.</param>
/// <param name="EndA">Charging ends once the taper is below this, A.</param>
/// <param name="EndHoldS">For so long, s.</param>
/// <param name="RestartBelowSoc">It begins again this far below where it ended.</param>
/// <param name="RiseAPerS">Fastest rise, A/s.</param>
/// <param name="SettleS">Time constant near the limit, s.</param>
/// <param name="UnknownA">While the SOC is not known, A.</param>
/// <param name="PulseFactor">Over the lasting current for a short time.</param>
/// <param name="PulseS">How short, s.</param>
/// <param name="RecoverS">Rest after it, s.</param>
/// <param name="Stages">Up to SOC, share of the rated current.</param>
/// <param name="ByTemperature">Lasting share by the coldest cell, °C.</param>
/// <param name="BySoc">What is left of it by SOC.</param>
public sealed record EdgeChargeRules(
    float CapacityAh, float RatedA, float FullV, float MarginV, float TaperFactor, float EndA, float EndHoldS, float RestartBelowSoc, float RiseAPerS, float SettleS,
    float UnknownA, float PulseFactor, float PulseS, float RecoverS, EdgePoints Stages, EdgePoints ByTemperature, EdgePoints BySoc)
{
    /// <summary>From the options of the full charge control.</summary>
    /// <param name="capacityAh">Capacity of a parallel group, Ah.</param>
    /// <param name="ratedA">Rated charge current of the pack, A.</param>
    /// <param name="fullV">Charge cut-off of a cell, V.</param>
    /// <param name="options">Stages, taper, plating; null for the defaults.</param>
    public static EdgeChargeRules Of(double capacityAh, double ratedA, double fullV, ChargeOptions? options = null)
    {
        var o = (options ?? new()).Validated();
        var plating = o.Plating;
        return new(
            (float)capacityAh, (float)ratedA, (float)fullV, (float)o.VoltageMarginV, (float)o.TaperFactor, (float)(o.EndCRate * capacityAh), (float)o.EndHoldS,
            (float)o.RestartBelowSoc, (float)(o.RiseCRatePerS * capacityAh), (float)o.SettleS, (float)(o.UnknownCRate * capacityAh), (float)plating.PulseFactor,
            (float)plating.PulseS, (float)plating.RecoverS, EdgePoints.Of(o.Stages.Select(s => s.UpToSoc), o.Stages.Select(s => s.CurrentFraction)),
            EdgePoints.Of(plating.TemperatureDegC, plating.CurrentFraction), EdgePoints.Of(plating.AtSoc, plating.SocFraction));
    }
}
