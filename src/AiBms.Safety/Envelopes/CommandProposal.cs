namespace AiBms.Safety.Envelopes;

/// <summary>What control would like. Anything that is not a number counts as 0.</summary>
/// <param name="ChargeLimitA">Largest charge current to announce, A, ≥ 0.</param>
/// <param name="DischargeLimitA">Largest discharge current to announce, A, ≥ 0.</param>
/// <param name="CurrentA">The current to ask for now, A, positive while charging.</param>
public readonly record struct CommandProposal(float ChargeLimitA, float DischargeLimitA, float CurrentA);
