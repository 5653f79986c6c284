using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Training;

/// <summary>What a feature trainer is to learn: from which rows, how, and what the model says of itself.</summary>
public sealed record FeatureLesson
{
    /// <summary>What it is trained on, in the model's name.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Who learns from whom.</summary>
    public required CellSplit Split { get; init; }

    /// <summary>The split in words.</summary>
    public required string SplitText { get; init; }

    /// <summary>What the units of the split are: cells, recordings.</summary>
    public string UnitName { get; init; } = "cells";

    /// <summary>How.</summary>
    public required ILearner Learner { get; init; }

    /// <summary>How the interval is made.</summary>
    public required IntervalDesign Interval { get; init; }

    /// <summary>What comes out; unit as printed.</summary>
    public required ModelInput Output { get; init; }

    /// <summary>Cells of the catalogue that the model is bound to; none where it is not.</summary>
    public string[] CellIds { get; init; } = [];

    /// <summary>What inference needs besides.</summary>
    public IReadOnlyDictionary<string, double> Settings { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Where the model holds.</summary>
    public required string Validity { get; init; }

    /// <summary>Table of the board in which the learner is a row; null where no board tests it.</summary>
    public string? BoardTable { get; init; }

    /// <summary>Attribution.</summary>
    public required ModelData Data { get; init; }

    /// <summary>SHA-256 of what was read.</summary>
    public required string DataHash { get; init; }
}
