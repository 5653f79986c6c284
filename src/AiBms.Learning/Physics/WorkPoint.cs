namespace AiBms.Learning.Physics;

/// <summary>One point of the work–precision plot.</summary>
sealed record WorkPoint(string Model, string Solver, double TimeMs, double MaxMV);
