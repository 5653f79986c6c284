namespace AiBms.Learning.Evaluation;

/// <summary>A place where a recording is cut: the estimator sees this row first, and nothing before it.</summary>
/// <param name="Row">Row of the recording.</param>
/// <param name="Kind">Why it was chosen.</param>
public readonly record struct Cut(int Row, CutKind Kind);
