using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>A recording whose true state of charge is known at every row.</summary>
public sealed class LabelledRecording
{
    /// <summary>What was measured.</summary>
    public required Recording Recording { get; init; }

    /// <summary>Charge-based SOC, 0…1 of the reference capacity, one for each row; NaN where it is not known.</summary>
    public required double[] Soc { get; init; }

    /// <summary>Capacity that <see cref="Soc"/> is a fraction of, Ah.</summary>
    public required double ReferenceAh { get; init; }

    /// <summary>Relative uncertainty of <see cref="ReferenceAh"/>, a fraction; the label at SOC z is uncertain by (1 − z) times this.</summary>
    public double ReferenceFraction { get; init; }

    /// <summary>The same measurement labelled with another capacity: what the score would be if the capacity were wrong.</summary>
    /// <param name="factor">New over old capacity, a pure number above 0.</param>
    /// <param name="startSoc">SOC at which the counter stood at zero, 0…1.</param>
    public LabelledRecording WithCapacityTimes(double factor, double startSoc = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        return new()
        {
            Recording = Recording,
            Soc = [.. Soc.Select(soc => startSoc + (soc - startSoc) / factor)],
            ReferenceAh = ReferenceAh * factor,
            ReferenceFraction = ReferenceFraction,
        };
    }
}
