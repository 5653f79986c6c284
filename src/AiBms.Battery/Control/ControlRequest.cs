namespace AiBms.Battery.Control;

/// <summary>What the user wants of the pack.</summary>
/// <param name="IsChargeWanted">True where it is to be charged as soon as a charger is connected.</param>
/// <param name="TargetSoc">Up to this SOC, 0…1.</param>
/// <param name="Cooling">Setpoints of the cooling: those of a mode, or a planner's.</param>
public readonly record struct ControlRequest(bool IsChargeWanted, double TargetSoc, CoolingSetpoints Cooling);
