namespace AiBms.Battery.Estimation;

/// <summary>Half widths of central intervals of a normal distribution, in standard deviations.</summary>
public static class Interval
{
    /// <summary>Half width of the 90 % interval: the 0.95 quantile of the standard normal.</summary>
    public const double NinetyPercent = 1.6448536269514722;
}
