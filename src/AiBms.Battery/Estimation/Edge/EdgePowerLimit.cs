using AiBms.Battery.Estimation.Packs;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>What the float form says of the largest current of one direction. Meanings as in <see cref="PowerLimit"/>.</summary>
/// <param name="CurrentA">Largest current, A, ≥ 0; 0 while nothing is known.</param>
/// <param name="PowerW">Lowest power of the pack during the hold, W.</param>
/// <param name="CurrentADeviation">One standard deviation of the true limit, A; its margin is taken off already.</param>
/// <param name="Binding">What binds.</param>
/// <param name="Cell">The cell that binds, from 0; −1 where none does.</param>
public readonly record struct EdgePowerLimit(float CurrentA, float PowerW, float CurrentADeviation, PowerBinding Binding, int Cell);
