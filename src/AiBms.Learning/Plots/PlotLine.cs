namespace AiBms.Learning.Plots;

/// <summary>One line of a picture.</summary>
/// <param name="Name">In the legend; empty for none.</param>
/// <param name="HorizontalValues">Places along the bottom, in the panel's unit.</param>
/// <param name="VerticalValues">Heights, in the panel's unit; as many.</param>
/// <param name="IsMarkers">Points instead of a line.</param>
/// <param name="IsDashed">A line that is not the main one.</param>
/// <param name="Colour">Number of its colour in the house's order; lines of one thing share it.</param>
public sealed record PlotLine(string Name, double[] HorizontalValues, double[] VerticalValues, bool IsMarkers, bool IsDashed, int Colour);
