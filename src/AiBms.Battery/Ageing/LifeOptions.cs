namespace AiBms.Battery.Ageing;

/// <summary>How a life of many like cycles is run.</summary>
public sealed record LifeOptions
{
    /// <summary>Cycles run one by one before the first jump, so that what settles fast has settled.</summary>
    public int FirstCycles { get; init; } = 3;

    /// <summary>Most cycles in one jump; 1 runs each cycle.</summary>
    public int LongestJump { get; init; } = 100;

    /// <summary>Largest error of a jump, as a fraction of lithium, of active material, and a hundredth of the film's thickness.</summary>
    public double JumpTolerance { get; init; } = 2e-4;

    /// <summary>Current of the pulse that resistance is measured with, as a multiple of the nominal capacity an hour; 0 measures none.</summary>
    public double PulseCRate { get; init; } = 1;
}
