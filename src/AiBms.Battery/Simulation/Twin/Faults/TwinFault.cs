namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>One fault in one run: what, where, how much, from when to when.</summary>
/// <param name="Kind">Row of the catalogue.</param>
/// <param name="Place">Where.</param>
/// <param name="Size">How much, in the unit of its kind.</param>
/// <param name="StartS">From, s since the start.</param>
/// <param name="EndS">Until, s; infinite for good.</param>
public sealed record TwinFault(FaultKind Kind, FaultPlace Place, double Size, double StartS, double EndS = double.PositiveInfinity);
