namespace AiBms.Battery.Estimation.Packs;

/// <summary>How power limits are stated.</summary>
public sealed record PowerOptions
{
    /// <summary>How often they are worked out, s.</summary>
    public double EveryS { get; init; } = 1;

    /// <summary>What continuous means: this long, s.</summary>
    public double ContinuousS { get; init; } = 600;

    /// <summary>Margin for what is not known, in standard deviations of the voltage at the end: 2.33 leaves one in a hundred.</summary>
    public double MarginDeviationScale { get; init; } = 2.33;

    /// <summary>The part of a pulse's voltage that the circuit may be wrong by at 25 °C and above, one standard deviation.</summary>
    public double PulseErrorFraction { get; init; } = 0.05;

    /// <summary>The same at −20 °C and below; between them it is interpolated.</summary>
    public double ColdPulseErrorFraction { get; init; } = 0.1;

    /// <summary>What is wrong with a voltage even without a pulse, one standard deviation, V.</summary>
    public double VoltageErrorV { get; init; } = 0.005;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public PowerOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EveryS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ContinuousS);
        foreach (double value in (ReadOnlySpan<double>)[MarginDeviationScale, PulseErrorFraction, ColdPulseErrorFraction, VoltageErrorV])
            ArgumentOutOfRangeException.ThrowIfNegative(value);
        return this;
    }
}
