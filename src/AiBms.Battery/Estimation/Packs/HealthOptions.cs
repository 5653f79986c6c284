namespace AiBms.Battery.Estimation.Packs;

/// <summary>When a stretch of use says something about capacity.</summary>
public sealed record HealthOptions
{
    /// <summary>Rest after which the OCV is believed, s.</summary>
    public double RestS { get; init; } = 1800;

    /// <summary>Shortest rest that is carried on to its end where it ends before <see cref="RestS"/>, s; as long as that one, and none is.</summary>
    public double LeastRestS { get; init; } = 300;

    /// <summary>Least change of SOC between two rests, 0…1.</summary>
    public double LeastChangeSoc { get; init; } = 0.4;

    /// <summary>Largest deviation of a SOC read off the OCV, 0…1: more, and the curve is too flat.</summary>
    public double MostRestSoc { get; init; } = 0.03;

    /// <summary>Deviation of a rested voltage from the OCV curve after <see cref="RestS"/>, V: relaxation, hysteresis, tap.</summary>
    public double RestErrorV { get; init; } = 0.005;

    /// <summary>Deviation of the current sensor's offset, as a fraction of the 1C current.</summary>
    public double OffsetCRate { get; init; } = 0.002;

    /// <summary>Relative deviation of its gain.</summary>
    public double GainFraction { get; init; } = 0.005;

    /// <summary>Charge that may have flowed unseen while the pack slept, over the change between two rests: more, and the window is not taken.</summary>
    public double MostUnseenFraction { get; init; } = 0.1;

    /// <summary>A capacity below this part of a new cell's is not one: charge flowed unseen, or it is another cell, 0…1.</summary>
    public double LeastSoh { get; init; } = 0.3;

    /// <summary>The same above this part, ≥ 1.</summary>
    public double MostSoh { get; init; } = 1.5;

    /// <summary>True where the circuit's resistance is that of a new cell of the pack; false where another cell stands in, so that a ratio to it means nothing.</summary>
    public bool IsNewResistanceKnown { get; init; } = true;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public HealthOptions Validated()
    {
        foreach (double value in (ReadOnlySpan<double>)[RestS, LeastRestS, LeastChangeSoc, MostRestSoc, RestErrorV, OffsetCRate, GainFraction, MostUnseenFraction, LeastSoh])
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostSoh, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastRestS, RestS);
        return this;
    }
}
