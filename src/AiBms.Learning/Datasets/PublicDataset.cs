namespace AiBms.Learning.Datasets;

/// <summary>A set of measurements that its publisher lets anybody use, and how its files are laid out here.</summary>
public sealed record PublicDataset
{
    /// <summary>Name on the command line and of the folder below the data folder.</summary>
    public required string Name { get; init; }

    /// <summary>What was measured, in a few words.</summary>
    public required string What { get; init; }

    /// <summary>Digital object identifier of the data, or of the paper where the data have none; null when neither is known here.</summary>
    public string? Doi { get; init; }

    /// <summary>Licence of the data as published.</summary>
    public required string Licence { get; init; }

    /// <summary>Whom to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>What <c>data add</c> understands, in one sentence.</summary>
    public string Takes { get; init; } = "it takes files that already have the names and columns of the layout.";

    /// <summary>Where the publisher's files go.</summary>
    internal IReadOnlyList<IntakeRule> Rules { get; init; } = [];

    /// <summary>What must be there afterwards.</summary>
    internal IReadOnlyList<RequiredFiles> Layout { get; init; } = [];

    /// <summary>Where a file of the source goes below the set's folder, and how; null when it is not part of the layout.</summary>
    /// <param name="path">Path inside the archive or folder, with forward slashes.</param>
    internal (string Target, IntakeForm Form)? Place(string path)
    {
        foreach (var rule in Rules)
            if (rule.Target(path) is { } target) return (target, rule.Form);

        // Already laid out, in whatever folder it was packed: the longest tail of the path that the layout knows.
        string[] parts = path.Split('/');
        for (int k = 0; k < parts.Length; k++)
        {
            string tail = string.Join('/', parts[k..]);
            foreach (string target in (string[])[tail, tail + ".gz"])
                if (Layout.Any(files => files.Matches(target))) return (target, IntakeForm.Keep);
        }

        return null;
    }
}
