using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Health;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards.Health;

/// <summary>Runs protocols: each learner, as it was trained on the training side of each split, is scored on the other side.</summary>
public static class HealthBoard
{
    /// <summary>Name of the reference that is told the truth of the row before; no estimator.</summary>
    public const string Persistence = "persistence (told the last truth)";

    /// <summary>Seeds that the held learner runs with.</summary>
    public static IReadOnlyList<ulong> Seeds { get; } = [1, 2, 3, 4, 5];

    /// <summary>Scores one protocol with what was stored for it. Nothing is trained.</summary>
    /// <param name="protocol">What to run.</param>
    /// <param name="seeds">Seeds of the held learner; all others run with the first.</param>
    /// <param name="store">Where models are.</param>
    /// <param name="command">What trains them, for complaints.</param>
    /// <param name="say">Told what is being run.</param>
    /// <exception cref="DataException">A model is missing, or was made from other data or with other settings.</exception>
    public static HealthResult Run(HealthProtocol protocol, IReadOnlyList<ulong> seeds, RungStore store, string command, IProgress<string>? say = null)
    {
        List<HealthScores> scores = [];
        foreach (var (learner, seed) in HealthRungs.Wanted(protocol, seeds))
        {
            say?.Report($"{protocol.Id}: {learner.Name}, seed {seed}");
            var (header, models) = store.Load(HealthRungs.Header(protocol, learner, seed), command);
            long start = TimeProvider.System.GetTimestamp();
            CellScore[] cells = [.. protocol.Splits.SelectMany(split => split.Score(Model(models, split, learner.Name, command)))];
            double rows = cells.Sum(cell => cell.TruthValues.Length);
            scores.Add(new(learner.Name, seed, cells, header.LearningS, TimeProvider.System.GetElapsedTime(start).TotalSeconds / Math.Max(1, rows)));
        }

        if (protocol.HasPersistence) scores.Insert(1, new(Persistence, seeds[0], [.. scores[0].Cells.Select(Persist)], 0, 0));
        return new(protocol, scores);
    }

    // A model is taken for a split only if it was learnt from exactly the split's training cells.
    static FeatureModel Model(IReadOnlyList<ModelFile> models, CellSplit split, string learner, string command) =>
        models.FirstOrDefault(model => model.Training.Train.SequenceEqual(split.TrainedOn, StringComparer.Ordinal)) is { } found ? new(found)
        : throw new DataException($"'{learner}' was not trained on the training side of split '{split.Name}': run '{command}' again.");

    static CellScore Persist(CellScore cell)
    {
        double[] unknown = [.. cell.TruthValues.Select(_ => double.NaN)];
        return cell with { EstimateValues = [.. cell.TruthValues.Select((_, k) => cell.TruthValues[Math.Max(0, k - 1)])], LowValues = unknown, HighValues = unknown };
    }
}
