namespace AiBms.Learning.Health;

/// <summary>A cell of the training side as a training without its fold estimated it.</summary>
/// <param name="Fold">Number of its fold.</param>
/// <param name="Cell">The cell.</param>
/// <param name="EstimateValues">One for each row, in the set's unit.</param>
/// <param name="ScoreValues">Absolute errors over the width that the interval's design gives each row: what the interval is ranked from.</param>
sealed record HeldOutCell(int Fold, FeatureCell Cell, double[] EstimateValues, double[] ScoreValues);
