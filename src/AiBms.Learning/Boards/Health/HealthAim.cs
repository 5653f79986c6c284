namespace AiBms.Learning.Boards.Health;

/// <summary>A figure that is wanted of a health board.</summary>
/// <param name="Name">In the file of notes and in tables.</param>
/// <param name="Group">Group it is measured over; null for all cells.</param>
/// <param name="Figure">Which figure.</param>
/// <param name="LimitValues">What it must not exceed: one number, a fraction for MAPE, else in the target's unit.</param>
/// <param name="Without">A cell left out of the figure; null for none.</param>
public sealed record HealthAim(string Name, string? Group, HealthFigure Figure, double[] LimitValues, string? Without = null);
