namespace AiBms.Battery.Simulation.Twin;

/// <summary>What the sensors of a pack do to the truth. As made: 12-bit converters, each probe and tap with an offset of its own.</summary>
public sealed record TwinSensorOptions
{
    /// <summary>Noise of a cell voltage, V (deviation).</summary>
    public double CellNoiseV { get; init; } = 0.001;

    /// <summary>Offset of a tap, V (deviation between taps).</summary>
    public double CellOffsetV { get; init; } = 0.001;

    /// <summary>Step of a cell voltage, V: 12 bits over 5 V.</summary>
    public double CellStepV { get; init; } = 5.0 / 4096;

    /// <summary>Wire and filter in series with a tap, Ω: what bleeding falls on.</summary>
    public double TapOhm { get; init; } = 0.3;

    /// <summary>Full scale of the current sensors, A; 0 for 1.25 times what the contactors can break.</summary>
    public double CurrentRangeA { get; init; }

    /// <summary>Noise of the current, fraction of full scale (deviation).</summary>
    public double CurrentNoiseFraction { get; init; } = 1e-4;

    /// <summary>Offset of the current, fraction of full scale (deviation between packs).</summary>
    public double CurrentOffsetFraction { get; init; } = 2e-4;

    /// <summary>Error of the current's gain (deviation between packs).</summary>
    public double CurrentGainFraction { get; init; } = 0.003;

    /// <summary>Drift of the current's offset in a day, fraction of full scale (deviation of a random walk).</summary>
    public double CurrentDriftPerDayFraction { get; init; } = 5e-5;

    /// <summary>Steps of the current over its whole range.</summary>
    public int CurrentSteps { get; init; } = 65536;

    /// <summary>Noise of a probe, K (deviation).</summary>
    public double ProbeNoiseK { get; init; } = 0.1;

    /// <summary>Offset of a probe, K (deviation between probes).</summary>
    public double ProbeOffsetK { get; init; } = 0.3;

    /// <summary>Step of a probe, K.</summary>
    public double ProbeStepK { get; init; } = 0.1;

    /// <summary>Share of readings in which a signal is missing, 0…1, each signal for itself.</summary>
    public double DropoutFraction { get; init; }

    /// <summary>Sensors without any error.</summary>
    public static TwinSensorOptions Perfect { get; } = new()
    {
        CellNoiseV = 0,
        CellOffsetV = 0,
        CellStepV = 0,
        TapOhm = 0,
        CurrentNoiseFraction = 0,
        CurrentOffsetFraction = 0,
        CurrentGainFraction = 0,
        CurrentDriftPerDayFraction = 0,
        CurrentSteps = 0,
        ProbeNoiseK = 0,
        ProbeOffsetK = 0,
        ProbeStepK = 0,
    };

    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal void Validate()
    {
        double[] notNegative =
        [
            CellNoiseV, CellOffsetV, CellStepV, TapOhm, CurrentRangeA, CurrentNoiseFraction, CurrentOffsetFraction, CurrentGainFraction, CurrentDriftPerDayFraction,
            CurrentSteps, ProbeNoiseK, ProbeOffsetK, ProbeStepK, DropoutFraction,
        ];
        if (!notNegative.All(x => x >= 0 && double.IsFinite(x)) || DropoutFraction > 1) throw new ArgumentException("noise, offsets and steps of sensors must not be negative, a share at most 1.");
    }
}
