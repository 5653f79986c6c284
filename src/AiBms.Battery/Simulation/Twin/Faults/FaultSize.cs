namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>How big a fault may be, in the unit of its kind.</summary>
/// <param name="DefaultValues">When nothing is said.</param>
/// <param name="LeastValues">At least.</param>
/// <param name="GreatestValues">At most.</param>
public readonly record struct FaultSize(double DefaultValues, double LeastValues, double GreatestValues);
