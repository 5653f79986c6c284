using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>Finds out a model that was trained or chosen on what a board tests.</summary>
/// <remarks>
/// Recordings are the same when their names are: folders and compression may differ, and a part of a recording is named after the whole.
/// They are the same under other names as well where they share rows: a model keeps a sample of hashes of those it learnt from.
/// </remarks>
public static class ModelLeaks
{
    /// <summary>Refuses a model that names no training recordings, or that names one of these among those it was trained, chosen or calibrated on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="kept">Recordings that no model may have seen.</param>
    /// <param name="why">What keeps them apart, for the complaint: which this board tests.</param>
    /// <exception cref="DataException">It did.</exception>
    public static void Refuse(ModelFile model, IEnumerable<DatasetFile> kept, string why)
    {
        string[] seen = [.. model.Training.Train, .. model.Training.Choose];
        if (model.Training.Train.Length == 0) throw new DataException($"Model {model.Id} does not say what it was trained on, so nothing can be tested with it: train it again.");
        var stems = kept.Select(file => Stem(file.RelativePath)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (seen.FirstOrDefault(unit => stems.Contains(Stem(unit))) is { } leak)
            throw new DataException($"Model {model.Id} was trained, chosen or calibrated on '{leak}', {why}: train it again without it.");
    }

    /// <summary>Refuses a model that does not keep what its recordings are told by, or that learnt from rows of a tested one, whatever it calls it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tested">Path and window hashes (<see cref="RowHash.All"/>) of each recording that no model may have seen.</param>
    /// <param name="why">What keeps them apart, for the complaint.</param>
    /// <exception cref="DataException">It did.</exception>
    public static void RefuseRows(ModelFile model, IReadOnlyList<(string Path, IReadOnlySet<ulong> Windows)> tested, string why)
    {
        string[] seen = [.. model.Training.Train, .. model.Training.Choose], samples = model.Training.RowSamples;
        if (samples.Length != seen.Length) throw new DataException($"Model {model.Id} does not keep what its recordings are told by, so nothing can be tested with it: train it again.");
        foreach (var (sample, k) in samples.Select((sample, k) => (sample, k)))
        {
            foreach (var (path, windows) in tested)
                if (RowHash.Holds(windows, sample)) throw new DataException($"Model {model.Id} was trained, chosen or calibrated on '{seen[k]}', which shares rows with '{path}', {why}: train it again without it.");
        }
    }

    // "a/551_UDDS.csv.gz", "551_UDDS" and "551_UDDS (first 80 %)" are one recording.
    static string Stem(string unit)
    {
        string name = unit[(unit.LastIndexOf('/') + 1)..];
        int end = new[] { name.IndexOf(".csv", StringComparison.OrdinalIgnoreCase), name.IndexOf(" (", StringComparison.Ordinal) }.Where(at => at > 0).DefaultIfEmpty(name.Length).Min();
        return name[..end];
    }
}
