namespace AiBms.Battery.Estimation.Packs;

/// <summary>A loss of charge inside a cell.</summary>
/// <param name="LossPerS">SOC lost a second beyond the mean cell, over the window; the fall of voltage where it began is in it.</param>
/// <param name="TimeS">Length of the window, s.</param>
/// <param name="InverseCapacity">Q_mean / Q − 1, as it was known before.</param>
readonly record struct CellLoss(double LossPerS, double TimeS, double InverseCapacity);
