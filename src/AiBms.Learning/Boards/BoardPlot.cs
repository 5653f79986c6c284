namespace AiBms.Learning.Boards;

/// <summary>A picture beside a board's page.</summary>
/// <param name="Set">The data set it shows.</param>
/// <param name="File">File name without folder.</param>
/// <param name="Text">What it shows, for those who cannot see it.</param>
public sealed record BoardPlot(string Set, string File, string Text);
