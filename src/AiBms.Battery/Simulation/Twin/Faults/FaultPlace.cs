namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>A place in a pack.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Index">Number of it, from 0: cell, group, segment, contactor (plus, minus, precharge), or sensor of its family.</param>
/// <param name="Family">For a sensor: what it measures.</param>
public readonly record struct FaultPlace(FaultPlaceKind Kind, int Index, SensorFamily Family = SensorFamily.Cell);
