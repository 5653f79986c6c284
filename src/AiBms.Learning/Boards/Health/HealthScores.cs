using AiBms.Learning.Health;

namespace AiBms.Learning.Boards.Health;

/// <summary>What one learner did on one protocol.</summary>
/// <param name="Learner">Its name.</param>
/// <param name="Seed">Seed it ran with.</param>
/// <param name="Cells">Every tested cell.</param>
/// <param name="LearningS">Time to learn, all splits and intervals together, s.</param>
/// <param name="RowS">Time to estimate one row, s.</param>
public sealed record HealthScores(string Learner, ulong Seed, IReadOnlyList<CellScore> Cells, double LearningS, double RowS);
