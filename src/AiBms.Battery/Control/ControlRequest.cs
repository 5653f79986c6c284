namespace AiBms.Battery.Control;

/// <summary>What the user wants of the pack.</summary>
/// <param name="IsChargeWanted">True where it is to be charged as soon as a charger is connected.</param>
/// <param name="TargetSoc">Up to this SOC, 0…1.</param>
/// <param name="Cooling">Setpoints of the cooling: those of a mode, or a planner's.</param>
/// <param name="IsFlowReversed">The coolant is to flow from the last segment to the first; of no effect where the loop cannot be turned round.</param>
public readonly record struct ControlRequest(bool IsChargeWanted, double TargetSoc, CoolingSetpoints Cooling, bool IsFlowReversed = false);
