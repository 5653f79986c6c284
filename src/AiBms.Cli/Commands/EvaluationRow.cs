using AiBms.Learning.Evaluation;

namespace AiBms.Cli.Commands;

/// <summary>One line of <c>evaluate</c>.</summary>
/// <param name="Method">Method.</param>
/// <param name="Perturbation">What was wrong with the sensors.</param>
/// <param name="Score">Over all cuts.</param>
/// <param name="Runs">Of each cut.</param>
sealed record EvaluationRow(string Method, string Perturbation, ScoreSummary Score, IReadOnlyList<CutScore> Runs);
