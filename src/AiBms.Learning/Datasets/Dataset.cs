using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>A described set of recordings of one cell, with the split that is published on.</summary>
public sealed record Dataset
{
    /// <summary>Name that <c>board soc --set</c> takes.</summary>
    public required string Id { get; init; }

    /// <summary>Cell of the catalogue that its recordings were made with.</summary>
    public required string CellId { get; init; }

    /// <summary>Cell and chemistry in words.</summary>
    public required string Title { get; init; }

    /// <summary>Who published it, where, and under what licence.</summary>
    public required string Source { get; init; }

    /// <summary>What the label refers to and how far it can be trusted, in one paragraph.</summary>
    public required string LabelNote { get; init; }

    /// <summary>True where the capacity is known so badly that scores are also given for 5 % less and more.</summary>
    public bool CapacityIsUncertain { get; init; }

    /// <summary>The recordings, in a fixed order.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }

    /// <summary>Turns an opened recording into a labelled one: drops what the set is known to have wrong, counts charge from a known start.</summary>
    public required Func<DatasetFile, Recording, LabelledRecording> Label { get; init; }

    /// <summary>The recordings of one part of the split.</summary>
    public IEnumerable<DatasetFile> In(SplitPart part) => Files.Where(file => file.Part == part);

    /// <summary>Opens and labels one recording.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public LabelledRecording Load(string folder, DatasetFile file)
    {
        string path = Path.Combine(folder, file.RelativePath);
        if (!File.Exists(path))
            throw new DataException($"{Title}: '{file.RelativePath}' is missing below '{folder}'; lay the set out again with './aibms data add'.");
        return Label(file, RecordingDoor.Open(path));
    }

    /// <summary>Recordings below a folder whose names end in .csv or .csv.gz, in ordinal order, as paths below <paramref name="root"/>.</summary>
    internal static IReadOnlyList<string> List(string root, string below)
    {
        string folder = Path.Combine(root, below);
        if (!Directory.Exists(folder))
            throw new DataException($"'{below}' is missing below '{root}'; lay the set out with './aibms data add', or choose another with --set.");
        string[] found = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".csv.gz", StringComparison.Ordinal) || path.EndsWith(".csv", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))];
        Array.Sort(found, StringComparer.Ordinal);
        return found;
    }
}
