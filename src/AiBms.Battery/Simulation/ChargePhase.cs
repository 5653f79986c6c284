namespace AiBms.Battery.Simulation;

/// <summary>Constant current until the highest cell is at its limit, then that voltage until the current has faded.</summary>
/// <param name="DurationS">How long at most, s.</param>
/// <param name="CurrentA">The constant current, A, positive.</param>
/// <param name="LimitV">Voltage of the highest cell, V.</param>
/// <param name="CutOffA">It ends when the current is below, A.</param>
public sealed record ChargePhase(double DurationS, double CurrentA, double LimitV, double CutOffA) : Phase(DurationS);
