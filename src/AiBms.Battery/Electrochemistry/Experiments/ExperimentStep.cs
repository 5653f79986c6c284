using AiBms.Battery.Electrochemistry.Loads;

namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>One step of an experiment: what is held, and what ends it.</summary>
public sealed record ExperimentStep
{
    /// <summary>The words it was read from.</summary>
    public required string Text { get; init; }

    /// <summary>What is held.</summary>
    public required StepMode Mode { get; init; }

    /// <summary>The held value in the mode's unit: A (positive while charging), V, W or Ω. Not used for a drive cycle.</summary>
    public double HeldNumber { get; init; }

    /// <summary>Currents of a drive cycle at its times, A, positive while charging; straight in between.</summary>
    public IReadOnlyList<double>? DriveA { get; init; }

    /// <summary>What is asked of the cell where the mode is a control of the user's own; words have no such mode.</summary>
    public ILoad? Control { get; init; }

    /// <summary>Times of the drive cycle's currents since the step began, ascending from 0, s; whole seconds when null.</summary>
    public IReadOnlyList<double>? DriveTimesS { get; init; }

    /// <summary>Ends the step after this time, s.</summary>
    public double DurationS { get; init; } = double.PositiveInfinity;

    /// <summary>Ends the step when the voltage reaches this, V; NaN for never.</summary>
    public double UntilV { get; init; } = double.NaN;

    /// <summary>Ends the step when the size of the current falls to this, A; NaN for never.</summary>
    public double UntilA { get; init; } = double.NaN;

    /// <summary>Ends the step when the cell reaches this temperature, K; NaN for never.</summary>
    public double UntilTemperatureK { get; init; } = double.NaN;

    /// <summary>Ends the step when the charge taken in or out has brought the state of charge to this, 0…1 between the cut-off voltages of the new cell; NaN for never.</summary>
    public double UntilSoc { get; init; } = double.NaN;

    /// <summary>Ends the step when the least of φₛ − φₑ − j·R_film over the negative electrode falls to this, V against lithium; NaN for never.</summary>
    public double UntilMarginV { get; init; } = double.NaN;

    /// <summary>Ambient temperature from this step on, K; NaN for no change.</summary>
    public double AmbientTemperatureK { get; init; } = double.NaN;

    /// <summary>Output period of this step, s; NaN for the run's own.</summary>
    public double PeriodS { get; init; } = double.NaN;

    /// <summary>What is asked of the cell; a drive cycle's knots are moved by whoever runs it.</summary>
    internal ILoad Load() => Mode switch
    {
        StepMode.Voltage => new ConstantVoltage(HeldNumber),
        StepMode.Power => new ConstantPower(HeldNumber),
        StepMode.Resistance => new ConstantResistance(HeldNumber),
        StepMode.Control => Control ?? throw new ArgumentException($"'{Text}' has no control"),
        _ => new ConstantCurrent(HeldNumber),
    };
}
