namespace AiBms.Learning.Boards.Forms;

/// <summary>Two forms beside each other: a heading and the difference of each output.</summary>
/// <param name="Title">The two forms.</param>
/// <param name="Note">What the forms differ by, a sentence.</param>
/// <param name="Rows">Outputs.</param>
sealed record FormTable(string Title, string Note, IReadOnlyList<FormDifference> Rows);
