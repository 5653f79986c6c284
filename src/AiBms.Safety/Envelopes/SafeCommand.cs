using AiBms.Safety.Protection;

namespace AiBms.Safety.Envelopes;

/// <summary>What is left of a command after the envelope. Never more than was proposed.</summary>
/// <param name="Contactors">Which contactors are to be closed: the protection alone decides.</param>
/// <param name="ChargeLimitA">Largest charge current, A, ≥ 0.</param>
/// <param name="ChargeBinding">Which limit set it.</param>
/// <param name="DischargeLimitA">Largest discharge current, A, ≥ 0.</param>
/// <param name="DischargeBinding">Which limit set it.</param>
/// <param name="CurrentA">The current to ask for now, A, positive while charging, within the two limits.</param>
public readonly record struct SafeCommand(
    ContactorCommand Contactors, float ChargeLimitA, Binding ChargeBinding, float DischargeLimitA, Binding DischargeBinding, float CurrentA);
