namespace AiBms.Battery.Control;

/// <summary>Remembers what charge went before and says what a cell takes now: charger and regeneration alike.</summary>
/// <remarks>
/// Used 0…1 fills while the current is beyond the lasting one and empties while it is below; what is left of the pulse is allowed. So a short
/// regeneration may be strong, a long one not, and after a long one the next short one is weaker.
/// </remarks>
public sealed class PlatingGuard(PlatingLimits limits, double ratedA)
{
    /// <summary>How much of the pulse has been used, 0…1.</summary>
    public double UsedFraction { get; private set; }

    /// <summary>The current that may last, A.</summary>
    public double LastingA { get; private set; }

    /// <summary>The current that may flow now, A.</summary>
    public double NowA { get; private set; }

    /// <summary>Takes one step.</summary>
    /// <param name="currentA">Pack current, A, positive while charging; NaN counts as 0.</param>
    /// <param name="coldestDegC">The coldest cell, °C; NaN: nothing is allowed.</param>
    /// <param name="fullestSoc">SOC of the fullest cell; NaN counts as full.</param>
    /// <param name="stepS">Time since the step before, s.</param>
    public void Update(double currentA, double coldestDegC, double fullestSoc, double stepS)
    {
        double byTemperature = double.IsNaN(coldestDegC) ? 0 : PlatingLimits.At(limits.TemperatureDegC, limits.CurrentFraction, coldestDegC);
        double bySoc = PlatingLimits.At(limits.AtSoc, limits.SocFraction, double.IsNaN(fullestSoc) ? 1 : fullestSoc);
        LastingA = ratedA * byTemperature * bySoc;
        double charge = currentA > 0 ? currentA : 0;
        // Where nothing may last, any charge uses the pulse at the full rate.
        double beyond = LastingA > 0 ? charge / LastingA - 1 : charge > 0 ? limits.PulseFactor : -1;
        double rate = beyond > 0 ? beyond / (Math.Max(limits.PulseFactor - 1, 1e-3) * limits.PulseS) : beyond / limits.RecoverS;
        UsedFraction = Math.Clamp(UsedFraction + rate * stepS, 0, 1);
        NowA = LastingA * (1 + (limits.PulseFactor - 1) * (1 - UsedFraction));
    }
}
