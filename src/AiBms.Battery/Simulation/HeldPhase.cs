namespace AiBms.Battery.Simulation;

/// <summary>Current, power or the voltage of the worst cell held, until something is reached; what is not held or awaited is NaN.</summary>
/// <param name="DurationS">How long at most, s.</param>
/// <param name="CurrentA">Held current, A, positive while charging.</param>
/// <param name="PowerW">Held power, W, positive while charging.</param>
/// <param name="CellV">Held voltage, V: of the highest cell where it is below, of the lowest where it is above.</param>
/// <param name="UntilCellV">Ends when the highest cell (charging) or the lowest (discharging) is there, V.</param>
/// <param name="UntilA">Ends when the size of the current has fallen to this, A.</param>
public sealed record HeldPhase(double DurationS, double CurrentA, double PowerW, double CellV, double UntilCellV, double UntilA) : Phase(DurationS);
