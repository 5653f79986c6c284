namespace AiBms.Battery.Estimation.Networks;

/// <summary>Widens a band that rests prove too narrow, and narrows it slowly while they do not.</summary>
/// <remarks>
/// After a rest of ten minutes or more the relaxed voltage says how far SOC was off. Online: factor ← factor · e^(rate · (missed − share)),
/// missed being 1 where the correction lay outside the band and 0 where inside, share the tenth that a 90 % band may miss: in the long run as
/// many corrections lie outside as should, whatever drifts. Source: Gibbs and Candès, "Adaptive conformal inference under distribution
/// shift" (2021), arXiv 2106.00263, equation (2), here on the logarithm of the width so that it stays above zero.
/// </remarks>
/// <param name="rateFraction">How fast: the relative change of the width after a rest that lay outside.</param>
public sealed class AdaptiveWidth(double rateFraction)
{
    const double MissShare = 0.1, Least = 0.5, Most = 10;

    RestCorrection? _last;

    /// <summary>Factor on the width, a pure number.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Forgets everything.</summary>
    public void Start() => (Factor, _last) = (1, null);

    /// <summary>Looks whether a rest has ended and what it showed.</summary>
    /// <param name="rest">The last rest; null before the first.</param>
    /// <param name="halfWidthSoc">Half width of the band as it was, 0…1.</param>
    public void Watch(RestCorrection? rest, double halfWidthSoc)
    {
        if (rest is not { } ended || rest == _last) return;
        _last = rest;
        double missed = Math.Abs(ended.SocCorrection) > halfWidthSoc ? 1 : 0;
        Factor = Math.Clamp(Factor * Math.Exp(rateFraction * (missed - MissShare)), Least, Most);
    }
}
