using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>Finds out a model that was trained or chosen on what a board tests.</summary>
/// <remarks>Recordings are the same when their names are: folders and compression may differ, and a part of a recording is named after the whole.</remarks>
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

    // "a/551_UDDS.csv.gz", "551_UDDS" and "551_UDDS (first 80 %)" are one recording.
    static string Stem(string unit)
    {
        string name = unit[(unit.LastIndexOf('/') + 1)..];
        int end = new[] { name.IndexOf(".csv", StringComparison.OrdinalIgnoreCase), name.IndexOf(" (", StringComparison.Ordinal) }.Where(at => at > 0).DefaultIfEmpty(name.Length).Min();
        return name[..end];
    }
}
