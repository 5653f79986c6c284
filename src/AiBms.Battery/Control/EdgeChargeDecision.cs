namespace AiBms.Battery.Control;

/// <summary>The charge current of the float form, and why it is what it is. Meanings as in <see cref="ChargeDecision"/>.</summary>
/// <param name="CurrentA">Asked of the charger, A, ≥ 0.</param>
/// <param name="Reason">What binds.</param>
/// <param name="Value">What was measured, in the unit of the reason.</param>
/// <param name="Threshold">What it is compared with.</param>
/// <param name="Cell">The cell that binds, from 0; −1 where none does.</param>
/// <param name="ForS">This reason has bound without a break, s.</param>
/// <param name="LimitA">What may flow in from anywhere, regeneration included, A.</param>
/// <param name="LimitReason">What binds that.</param>
public readonly record struct EdgeChargeDecision(
    float CurrentA, ChargeReason Reason, float Value, float Threshold, int Cell, float ForS, float LimitA, ChargeReason LimitReason);
