namespace AiBms.Learning.Physics;

/// <summary>Least time of a case at the working resolution, with its error where a converged curve exists.</summary>
sealed record TimeRow(string Name, double TimeMs, double MaxMV, double RmseMV);
