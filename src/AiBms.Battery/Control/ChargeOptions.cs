namespace AiBms.Battery.Control;

/// <summary>How a pack is charged. A planner may write its own stages; taper, plating guard and envelope stay above them.</summary>
public sealed record ChargeOptions
{
    /// <summary>One stage: constant current, then constant voltage.</summary>
    public static IReadOnlyList<ChargeStage> ConstantCurrent { get; } = [new(1, 1)];

    /// <summary>Several stages, each gentler than the one before.</summary>
    public static IReadOnlyList<ChargeStage> MultiStage { get; } = [new(0.4, 1), new(0.6, 0.8), new(0.8, 0.55), new(1, 0.3)];

    /// <summary>Options of a course, the defaults otherwise.</summary>
    /// <param name="course">The course.</param>
    public static ChargeOptions Of(ChargeCourse course) => new() { Stages = course == ChargeCourse.MultiStage ? MultiStage : ConstantCurrent };

    /// <summary>The stages in order; the last goes up to SOC 1.</summary>
    public IReadOnlyList<ChargeStage> Stages { get; init; } = ConstantCurrent;

    /// <summary>The worst cell is held this far below its charge cut-off, V.</summary>
    public double VoltageMarginV { get; init; } = 0.005;

    /// <summary>How much larger than the estimate the resistance is taken when tapering, so that the loop is never too fast; at least 1.</summary>
    public double TaperFactor { get; init; } = 1.5;

    /// <summary>Charging ends once the taper is below this, as a fraction of the 1C current.</summary>
    public double EndCRate { get; init; } = 0.05;

    /// <summary>For so long without a break, s.</summary>
    public double EndHoldS { get; init; } = 30;

    /// <summary>It begins again this far below the target, SOC.</summary>
    public double RestartBelowSoc { get; init; } = 0.03;

    /// <summary>Fastest rise of the current, C a second; falling is at once.</summary>
    public double RiseCRatePerS { get; init; } = 0.02;

    /// <summary>Time constant with which a rising current comes near its limit, s.</summary>
    public double SettleS { get; init; } = 20;

    /// <summary>Charge current while the state of charge is not known, as a fraction of the 1C current.</summary>
    public double UnknownCRate { get; init; } = 0.1;

    /// <summary>What cells take without lithium plating.</summary>
    public PlatingLimits Plating { get; init; } = new();

    /// <summary>Throws an <see cref="ArgumentException"/> when something makes no sense.</summary>
    public ChargeOptions Validated()
    {
        double before = 0;
        foreach (var stage in Stages)
        {
            if (!(stage.UpToSoc > before) || !(stage.CurrentFraction is > 0 and <= 1))
                throw new ArgumentException("charge stages must rise in SOC, with currents above 0 and up to 1 of the rated one");
            before = stage.UpToSoc;
        }

        if (before < 1) throw new ArgumentException("the last charge stage must go up to SOC 1");
        ArgumentOutOfRangeException.ThrowIfNegative(VoltageMarginV);
        ArgumentOutOfRangeException.ThrowIfLessThan(TaperFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(EndCRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RiseCRatePerS);
        ArgumentOutOfRangeException.ThrowIfNegative(SettleS);
        ArgumentOutOfRangeException.ThrowIfNegative(UnknownCRate);
        Plating.Validate();
        return this;
    }
}
