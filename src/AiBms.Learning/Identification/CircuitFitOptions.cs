namespace AiBms.Learning.Identification;

/// <summary>How a circuit is identified. Defaults suit cells measured at 1 Hz in drive cycles and pulses.</summary>
public sealed record CircuitFitOptions
{
    /// <summary>Reference capacity of the cell, Ah.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>First guesses of the pairs' time constants, s, fastest first; their number is the number of pairs.</summary>
    public double[] TimeConstantsS { get; init; } = [4, 60, 3000];

    /// <summary>Hold the time constants at their first guesses.</summary>
    public bool HoldTimeConstants { get; init; }

    /// <summary>First guess of the current at which charge transfer bends, at 25 °C, A; 0 for a linear circuit.</summary>
    public double KneeCurrentA { get; init; } = 4;

    /// <summary>Heat capacity of the core, J/K; with it resistances follow the core's temperature. 0: they follow the case.</summary>
    public double CoreHeatCapacityJPerK { get; init; }

    /// <summary>Thermal resistance from core to case, K/W: first guess, or the value when held.</summary>
    public double CoreToCaseKPerW { get; init; } = 2;

    /// <summary>Hold the thermal resistance from core to case.</summary>
    public bool HoldCoreToCase { get; init; }

    /// <summary>State of charge nodes of the OCV correction, from 0 to 1: finer than those of the resistances, since some millivolts are a percent of charge.</summary>
    public double[] OcvSocNodes { get; init; } = [.. Enumerable.Range(0, 41).Select(k => k / 40.0)];

    /// <summary>State of charge nodes of resistances, hysteresis and entropic coefficient, from 0 to 1.</summary>
    public double[] SocNodes { get; init; } = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

    /// <summary>Temperature nodes of the fit, °C, rising, at least two: where the data lie.</summary>
    public required double[] TemperatureNodesDegC { get; init; }

    /// <summary>True when a slow measurement gives the OCV and only small corrections are wanted.</summary>
    public required bool OcvIsMeasured { get; init; }

    /// <summary>Every how many seconds the drive recordings are looked at in the search for time constants, and in the final fit.</summary>
    public (double Search, double Final) RowEveryS { get; init; } = (25, 6);

    /// <summary>
    /// Look at rows densely after each step of the current and thinly far from one (pulse tests), instead of evenly (drive cycles):
    /// else hours of rest outweigh the seconds that show the fast pairs.
    /// </summary>
    public bool FollowSteps { get; init; }

    /// <summary>Upper bound of evaluations in the search.</summary>
    public int MaxEvaluations { get; init; } = 160;

    /// <summary>Arrhenius factor of the resistances, K: first guess, or the value when held.</summary>
    public double ResistanceActivationK { get; init; } = 3000;

    /// <summary>Hold every activation (resistances, knee, fastest time constant) at its first guess.</summary>
    public bool HoldActivations { get; init; }

    /// <summary>How strongly neighbouring resistances are held together (bigger: smoother).</summary>
    public double SmoothnessWeight { get; init; } = 5e-3;

    /// <summary>Fit the distance between charge and discharge branches.</summary>
    public bool FitHysteresis { get; init; } = true;

    /// <summary>Half distance between the branches that the fit is drawn to where the data do not speak, V.</summary>
    public double HysteresisPriorV { get; init; }

    /// <summary>Fit the entropic coefficient (needs several temperatures).</summary>
    public bool FitEntropic { get; init; } = true;

    /// <summary>Fit the bend of the OCV over temperature (needs four temperatures or more).</summary>
    public bool FitOcvBend { get; init; }

    /// <summary>How fast the branch changes, see <see cref="Battery.Cells.TheveninParameters.HysteresisRate"/>.</summary>
    public double HysteresisRate { get; init; } = 20;
}
