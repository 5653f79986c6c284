namespace AiBms.Learning.Physics;

/// <summary>One converged curve against our working and our fine resolution.</summary>
sealed record TruthRow(string Name, CurveComparison Normal, CurveComparison Fine);
