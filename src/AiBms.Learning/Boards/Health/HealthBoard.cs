using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Health;

/// <summary>Runs protocols: each learner learns anew on the training side of each split and is scored on its other side.</summary>
public static class HealthBoard
{
    /// <summary>Name of the reference that is told the truth of the row before; no estimator.</summary>
    public const string Persistence = "persistence (told the last truth)";

    /// <summary>Seeds that the held learner runs with.</summary>
    public static IReadOnlyList<ulong> Seeds { get; } = [1, 2, 3, 4, 5];

    /// <summary>Runs one protocol.</summary>
    /// <param name="protocol">What to run.</param>
    /// <param name="seeds">Seeds of the held learner; all others run with the first.</param>
    /// <param name="say">Told what is being run.</param>
    public static HealthResult Run(HealthProtocol protocol, IReadOnlyList<ulong> seeds, IProgress<string>? say = null)
    {
        List<HealthScores> scores = [];
        foreach (var learner in protocol.Learners)
            foreach (ulong seed in learner.Name == protocol.Held ? seeds : [seeds[0]])
            {
                say?.Report($"{protocol.Id}: {learner.Name}, seed {seed}");
                // Intervals cost five more fits: they are made for the learner that is held to the aims, once.
                scores.Add(Run(protocol, learner, seed, withInterval: learner.Name == protocol.Held && seed == seeds[0]));
            }

        if (protocol.HasPersistence) scores.Insert(1, new(Persistence, seeds[0], [.. scores[0].Cells.Select(Persist)], 0));
        return new(protocol, scores);
    }

    static HealthScores Run(HealthProtocol protocol, ILearner learner, ulong seed, bool withInterval)
    {
        TimeSpan spent = TimeSpan.Zero;
        List<CellScore> cells = [];
        HealthModel? model = null;
        CellSplit? learntFrom = null;
        foreach (var split in protocol.Splits)
        {
            // Splits that learn from the same cells share what was learnt.
            if (model is null || !split.TrainedOn.SequenceEqual(learntFrom!.TrainedOn, StringComparer.Ordinal))
            {
                long start = TimeProvider.System.GetTimestamp();
                model = HealthModel.Fit(learner, split.Training, seed, withInterval);
                spent += TimeProvider.System.GetElapsedTime(start);
                learntFrom = split;
            }

            cells.AddRange(split.Score(model));
        }

        return new(learner.Name, seed, cells, spent.TotalSeconds);
    }

    static CellScore Persist(CellScore cell)
    {
        double[] unknown = [.. cell.TruthValues.Select(_ => double.NaN)];
        return cell with { EstimateValues = [.. cell.TruthValues.Select((_, k) => cell.TruthValues[Math.Max(0, k - 1)])], LowValues = unknown, HighValues = unknown };
    }
}
