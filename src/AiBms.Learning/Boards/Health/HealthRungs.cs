using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Health;

/// <summary>Trains every learner of a protocol on the training side of every split, and stores what was learnt: what the board reads. Taken up where it stopped.</summary>
public static class HealthRungs
{
    /// <summary>Trains what is not stored yet.</summary>
    /// <param name="protocol">Whose learners.</param>
    /// <param name="store">Where to.</param>
    /// <param name="say">Told what is being trained.</param>
    public static void Train(HealthProtocol protocol, RungStore store, IProgress<string>? say = null)
    {
        foreach (var (learner, seed) in Wanted(protocol, protocol.Seeds))
        {
            var header = Header(protocol, learner, seed);
            if (store.Has(header)) continue;
            say?.Report($"{protocol.Id}: {learner.Name}, seed {seed}");
            long start = TimeProvider.System.GetTimestamp();
            // Intervals cost more fits: they are made for the learner that is held to the aims, once.
            var interval = learner.Name == protocol.Held && seed == protocol.Seeds[0] ? protocol.Interval : null;
            ModelFile[] models = [.. Sides(protocol).Select(split => FeatureFit.Fit(learner, split.Training, seed, interval))];
            store.Save(header with { LearningS = TimeProvider.System.GetElapsedTime(start).TotalSeconds }, models);
        }
    }

    /// <summary>Learners with the seeds they run with: the held one with all, the others with the first.</summary>
    internal static IEnumerable<(ILearner Learner, ulong Seed)> Wanted(HealthProtocol protocol, IReadOnlyList<ulong> seeds) =>
        from learner in protocol.Learners from seed in learner.Name == protocol.Held ? seeds.Intersect(protocol.Seeds) : [seeds[0]] select (learner, seed);

    /// <summary>What a rung is stored as.</summary>
    internal static RungHeader Header(HealthProtocol protocol, ILearner learner, ulong seed) =>
        new(protocol.Id, learner.Name, $"{learner.Settings}; features {FeatureHash(protocol)}; {protocol.Interval}", seed, protocol.TrainingHash, 0);

    // Values, not names alone: a feature that is computed otherwise makes another rung. One row a cell is enough to see that.
    static string FeatureHash(HealthProtocol protocol)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', protocol.Set.FeatureNames)));
        foreach (var cell in protocol.Set.Cells)
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(cell.RowFeatures[cell.RowFeatures.Count / 2]));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    // Splits that learn from the same cells share what was learnt.
    static IEnumerable<CellSplit> Sides(HealthProtocol protocol) => protocol.Splits.DistinctBy(split => string.Join('\n', split.TrainedOn), StringComparer.Ordinal);
}
