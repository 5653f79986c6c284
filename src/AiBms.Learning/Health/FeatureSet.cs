namespace AiBms.Learning.Health;

/// <summary>Cells described by features, for learners of health and life.</summary>
public sealed record FeatureSet
{
    /// <summary>Short name.</summary>
    public required string Id { get; init; }

    /// <summary>Cells and chemistry in words.</summary>
    public required string Title { get; init; }

    /// <summary>Who published it and under what licence.</summary>
    public required string Source { get; init; }

    /// <summary>What is estimated, and its unit.</summary>
    public required string Target { get; init; }

    /// <summary>Names of the features with their units, in the order of the rows.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>The cells, in a fixed order.</summary>
    public required IReadOnlyList<FeatureCell> Cells { get; init; }

    /// <summary>SHA-256 over names and contents of the files read.</summary>
    public required string DataHash { get; init; }
}
