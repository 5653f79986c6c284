namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>How big a fault may be, in the unit of its kind.</summary>
/// <param name="Default">When nothing is said.</param>
/// <param name="Least">At least.</param>
/// <param name="Greatest">At most.</param>
public readonly record struct FaultSize(double Default, double Least, double Greatest);
