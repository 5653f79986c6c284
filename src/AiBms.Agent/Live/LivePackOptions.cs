using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Safety.Limits;

namespace AiBms.Agent.Live;

/// <summary>A pack that is looked after.</summary>
public sealed record LivePackOptions
{
    /// <summary>Its id in topics and addresses.</summary>
    public required string PackId { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The cell it is built from.</summary>
    public required CellType Cell { get; init; }

    /// <summary>What its estimator believes; null for the defaults.</summary>
    public PackEstimatorOptions? Estimation { get; init; }

    /// <summary>Charging.</summary>
    public ChargeOptions Charge { get; init; } = new();

    /// <summary>Its protection.</summary>
    public required SafetyLimits Limits { get; init; }

    /// <summary>Time of the port's zero, ms since 1970 in UTC.</summary>
    public required long StartMs { get; init; }

    /// <summary>Time between two frames, s of the port's time.</summary>
    public double FrameS { get; init; } = 1;

    /// <summary>Time between two records of estimates, s of the port's time.</summary>
    public double EstimatesS { get; init; } = 10;

    /// <summary>Time between two checkpoints, s of the port's time: what a loss of power takes away of the estimates.</summary>
    public double CheckpointS { get; init; } = 10;

    /// <summary>Full rate is recorded from so long before an event, s; 0 for never.</summary>
    public double RecordBeforeS { get; init; } = 60;

    /// <summary>And until so long after it, s.</summary>
    public double RecordAfterS { get; init; } = 60;

    /// <summary>When an idle pack sleeps; null for never.</summary>
    public SleepOptions? Sleep { get; init; }

    /// <summary>False where the clock was not known to be right at the start.</summary>
    public bool IsClockSure { get; init; } = true;

    /// <summary>True where the pack is a simulation: screens say so.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Cells above this are derated, °C; NaN where there is no such limit.</summary>
    public double HotLimitDegC { get; init; } = double.NaN;

    /// <summary>Place, degrees north and east; NaN where not known.</summary>
    public double LatitudeDeg { get; init; } = double.NaN;

    /// <summary>Degrees east.</summary>
    public double LongitudeDeg { get; init; } = double.NaN;

    /// <exception cref="ArgumentException">Something is out of range.</exception>
    internal LivePackOptions Validated()
    {
        if (!Telemetry.Frames.PackIds.IsValid(PackId)) throw new ArgumentException($"'{PackId}' is no id for a pack: {Telemetry.Frames.PackIds.Rule}");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FrameS);
        ArgumentOutOfRangeException.ThrowIfLessThan(EstimatesS, FrameS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointS);
        ArgumentOutOfRangeException.ThrowIfNegative(RecordBeforeS);
        ArgumentOutOfRangeException.ThrowIfNegative(RecordAfterS);
        return this;
    }
}
