namespace AiBms.Battery.Estimation;

/// <summary>What is known of the state of charge when an estimator starts.</summary>
public readonly record struct SocStart
{
    /// <summary>Charge that may have flowed while nobody looked, one standard deviation, as a fraction of 1C; capped by the second, SOC.</summary>
    internal const double GapLoadOfCapacity = 0.2, GapMostDeviation = 0.25;

    /// <summary>The least that a start without the polarisation leaves open, SOC.</summary>
    const double LeastAfter = 0.03;

    /// <summary>Claimed SOC, 0…1; NaN when nothing is known.</summary>
    public double Soc { get; private init; }

    /// <summary>Claimed standard deviation, 0…1.</summary>
    public double SocDeviation { get; private init; }

    /// <summary>True when the start is not told: history withheld, first start.</summary>
    public bool IsUnknown => double.IsNaN(Soc);

    /// <summary>Nothing is known: the cell may be anywhere between empty and full.</summary>
    public static SocStart Unknown => new() { Soc = double.NaN, SocDeviation = 0.29 };

    /// <summary>The state of charge is claimed to be known.</summary>
    /// <param name="soc">0…1.</param>
    /// <param name="socDeviation">One standard deviation of the claim, 0…1.</param>
    public static SocStart Told(double soc, double socDeviation = 0.02)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(soc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(soc, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(socDeviation);
        return new() { Soc = soc, SocDeviation = socDeviation };
    }

    /// <summary>The state of charge was estimated, and then nobody looked: its band is widened as over any gap, never beyond nothing known. A restart adds nothing by being one.</summary>
    /// <param name="soc">What it was, 0…1.</param>
    /// <param name="socDeviation">One standard deviation of it, 0…1.</param>
    /// <param name="awayS">How long nobody looked, s; below 0 counts as 0.</param>
    public static SocStart After(double soc, double socDeviation, double awayS)
    {
        double flown = Math.Min(GapMostDeviation, GapLoadOfCapacity * Math.Max(0, awayS) / Units.SecondsPerHour);
        return Told(soc, Math.Clamp(Math.Sqrt(socDeviation * socDeviation + flown * flown), LeastAfter, Unknown.SocDeviation));
    }
}
