namespace AiBms.Battery.Estimation;

/// <summary>What is known of the state of charge when an estimator starts.</summary>
public readonly record struct SocStart
{
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
}
