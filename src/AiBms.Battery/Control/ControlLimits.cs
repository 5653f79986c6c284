namespace AiBms.Battery.Control;

/// <summary>What the protection allows, as numbers: control knows no more of it.</summary>
/// <param name="ChargeA">Largest charge current, A, ≥ 0.</param>
/// <param name="DischargeA">Largest discharge current, A, ≥ 0.</param>
public readonly record struct ControlLimits(double ChargeA, double DischargeA);
