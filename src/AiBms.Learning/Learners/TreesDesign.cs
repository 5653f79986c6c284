namespace AiBms.Learning.Learners;

/// <summary>Size and pace of gradient-boosted trees.</summary>
public sealed record TreesDesign
{
    /// <summary>How many trees.</summary>
    public int TreeCount { get; init; } = 300;

    /// <summary>Leaves of each.</summary>
    public int LeafCount { get; init; } = 16;

    /// <summary>Fewest rows in a leaf.</summary>
    public int LeastRows { get; init; } = 50;

    /// <summary>Share of its step that each tree takes, a pure number.</summary>
    public double RateFactor { get; init; } = 0.05;

    /// <summary>Share of the features that each tree may use.</summary>
    public double FeatureFraction { get; init; } = 0.5;

    /// <summary>One row in so many is learnt from, where neighbouring rows say the same.</summary>
    public int EveryRow { get; init; } = 1;

    /// <summary>Learns the logarithm of the target.</summary>
    public bool IsLogarithmic { get; init; }
}
