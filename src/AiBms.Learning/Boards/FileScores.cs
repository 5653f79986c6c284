using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>Every run of one rung over one recording.</summary>
public sealed record FileScores
{
    /// <summary>The recording.</summary>
    public required DatasetFile File { get; init; }

    /// <summary>The rung's name.</summary>
    public required string Rung { get; init; }

    /// <summary>Capacity that the label is a fraction of, Ah.</summary>
    public required double ReferenceAh { get; init; }

    /// <summary>Lowest true SOC in the recording, 0…1.</summary>
    public required double LowestSoc { get; init; }

    /// <summary>Runs by name of the condition; empty where no cut of that kind exists.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<CutScore>> Runs { get; init; }
}
