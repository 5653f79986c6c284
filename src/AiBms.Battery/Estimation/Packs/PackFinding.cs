namespace AiBms.Battery.Estimation.Packs;

/// <summary>One thing that estimates say is wrong, with its evidence.</summary>
/// <param name="Kind">What.</param>
/// <param name="Cell">The cell, from 0; the probe's number for a probe; −1 for the pack.</param>
/// <param name="Size">How much, in the unit of its kind: the most since it was found. What it is now may be less, before it is over.</param>
/// <param name="Threshold">What that was held against, in the same unit.</param>
/// <param name="SinceS">When it was found, s.</param>
public readonly record struct PackFinding(FindingKind Kind, int Cell, double Size, double Threshold, double SinceS);
