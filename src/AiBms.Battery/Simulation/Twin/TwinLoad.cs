namespace AiBms.Battery.Simulation.Twin;

/// <summary>What the world does to the pack during a step. Current and power are positive while charging.</summary>
/// <remarks>Whatever is asked is cut to the limits of the last command, and nothing flows through open contactors.</remarks>
/// <param name="AmbientDegC">Temperature of the surroundings, °C.</param>
public readonly record struct TwinLoad(double AmbientDegC)
{
    /// <summary>Current asked for, A; NaN where power decides.</summary>
    public double CurrentA { get; init; } = double.NaN;

    /// <summary>Power at the terminals asked for, W; NaN where current decides.</summary>
    public double PowerW { get; init; } = double.NaN;

    /// <summary>True while a charger is plugged in: it gives the current that the pack's command asks for.</summary>
    public bool ChargerConnected { get; init; }

    /// <summary>Voltage above which the load or charger will not take the highest cell, V; NaN for none.</summary>
    public double MaxCellV { get; init; } = double.NaN;

    /// <summary>Voltage below which the load will not take the lowest cell, V; NaN for none.</summary>
    public double MinCellV { get; init; } = double.NaN;

    /// <summary>True once there was a crash.</summary>
    public bool Crashed { get; init; }

    /// <summary>A current, A, positive while charging.</summary>
    public static TwinLoad Current(double currentA, double ambientDegC) => new(ambientDegC) { CurrentA = currentA };

    /// <summary>A power at the terminals, W, positive while charging.</summary>
    public static TwinLoad Power(double powerW, double ambientDegC) => new(ambientDegC) { PowerW = powerW };

    /// <summary>A charger that obeys the pack.</summary>
    public static TwinLoad Charger(double ambientDegC) => new(ambientDegC) { ChargerConnected = true };

    /// <summary>Nothing asked.</summary>
    public static TwinLoad Rest(double ambientDegC) => new(ambientDegC);
}
