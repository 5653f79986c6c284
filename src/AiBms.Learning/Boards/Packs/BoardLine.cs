namespace AiBms.Learning.Boards.Packs;

/// <summary>A line of a part's picture.</summary>
/// <param name="Legend">What it is.</param>
/// <param name="HorizontalValues">Along the bottom, in the unit of the axis.</param>
/// <param name="VerticalValues">Upwards, in the unit of the axis.</param>
/// <param name="PointsOnly">True draws points without a line.</param>
public sealed record BoardLine(string Legend, double[] HorizontalValues, double[] VerticalValues, bool PointsOnly = false);
