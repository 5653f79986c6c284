using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Health;

/// <summary>One table of a health board: a set, how it is divided, and who is tried on it.</summary>
public sealed record HealthProtocol
{
    /// <summary>Short name.</summary>
    public required string Id { get; init; }

    /// <summary>What is tested, in words.</summary>
    public required string Title { get; init; }

    /// <summary>What a reader must know.</summary>
    public required string Note { get; init; }

    /// <summary>The set that is tested on.</summary>
    public required FeatureSet Set { get; init; }

    /// <summary>Splits; each learner learns anew for each.</summary>
    public required IReadOnlyList<CellSplit> Splits { get; init; }

    /// <summary>Who is tried, the simplest first.</summary>
    public required IReadOnlyList<ILearner> Learners { get; init; }

    /// <summary>The learner that is held to the aims and run with five seeds.</summary>
    public required string Held { get; init; }

    /// <summary>The learner whose model ships for <c>infer</c>, where it is another than the held one; null where it is the same or none ships.</summary>
    public string? Ships { get; init; }

    /// <summary>Seeds that the held learner is trained with: five where the model that ships is tested, one elsewhere.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = HealthBoard.Seeds;

    /// <summary>How the held learner's interval is made.</summary>
    public IntervalDesign Interval { get; init; } = new();

    /// <summary>Hash of the data that is learnt from, where that is another set than the tested one.</summary>
    public string TrainingHash { get => field ?? Set.DataHash; init; }

    /// <summary>Whether "the truth of the row before" means anything here.</summary>
    public bool HasPersistence { get; init; }

    /// <summary>Figures of others to stand beside ours: what, and by group (or "all") in percent or the target's unit.</summary>
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>What is wanted.</summary>
    public IReadOnlyList<HealthAim> Aims { get; init; } = [];
}
