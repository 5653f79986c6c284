namespace AiBms.Battery.Estimation.Packs;

/// <summary>The load that an energy is stated for.</summary>
/// <param name="PowerW">Constant power out of the pack, W; NaN where it is a current, a profile or the recent use.</param>
/// <param name="CurrentA">Constant current out of the pack, A; NaN where it is a power, a profile or the recent use.</param>
public readonly record struct EnergyLoad(double PowerW, double CurrentA)
{
    readonly double[]? _profileW;

    /// <summary>As the pack was used lately.</summary>
    public static EnergyLoad Recent => new(double.NaN, double.NaN);

    /// <summary>True where the load is a profile.</summary>
    public bool IsProfile => _profileW is not null;

    /// <summary>Time between two values of the profile, s.</summary>
    public double ProfileStepS { get; private init; }

    /// <summary>A power that stays, W, positive out of the pack.</summary>
    public static EnergyLoad OfPower(double powerW) => new(powerW, double.NaN);

    /// <summary>A current that stays, A, positive out of the pack.</summary>
    public static EnergyLoad OfCurrent(double currentA) => new(double.NaN, currentA);

    /// <summary>A power that changes: a trip that is known. It begins anew where it ends; what it brings back counts against what it takes.</summary>
    /// <param name="powerW">Power out of the pack in each step, W, negative where it comes back; copied. In the mean it must be positive.</param>
    /// <param name="stepS">Length of a step, s, positive.</param>
    /// <exception cref="ArgumentException">The profile is empty, has a value that is no number, or takes nothing in the mean.</exception>
    public static EnergyLoad OfProfile(ReadOnlySpan<double> powerW, double stepS)
    {
        double sum = 0;
        foreach (double w in powerW) sum += w;
        if (!(sum > 0) || !double.IsFinite(sum)) throw new ArgumentException("a load profile needs finite powers that take something out in the mean", nameof(powerW));
        if (!(stepS > 0) || !double.IsFinite(stepS)) throw new ArgumentException("a load profile needs a step of positive length", nameof(stepS));
        return new(double.NaN, double.NaN, powerW.ToArray(), stepS);
    }

    EnergyLoad(double powerW, double currentA, double[] profileW, double stepS)
        : this(powerW, currentA) => (_profileW, ProfileStepS) = (profileW, stepS);

    /// <summary>Power of a profile's step, W; steps beyond its end begin anew.</summary>
    internal double ProfileW(int step) => _profileW![step % _profileW.Length];
}
