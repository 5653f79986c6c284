using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>What the SOC board runs.</summary>
public sealed record SocBoardOptions
{
    /// <summary>The rungs there are.</summary>
    public IReadOnlyList<SocRung> Rungs { get; init; } = SocRung.All;

    /// <summary>Rungs whose models were trained without the ambient they are tested at, for split "model B"; beside them run those that learn nothing.</summary>
    public IReadOnlyList<SocRung> UnseenRungs { get; init; } = [];

    /// <summary>The shipped model trained again with other seeds, one rung each: headline only.</summary>
    public IReadOnlyList<SocRung> SeedRungs { get; init; } = [];

    /// <summary>Rungs by name; all where empty.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Fewer cuts, and only the headline, wrong starts and six faults: a look, not a result.</summary>
    public bool Quick { get; init; }

    /// <summary>Seed of cut places, noise and bootstrap.</summary>
    public ulong Seed { get; init; } = 11;

    /// <summary>Runs at the same time. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the time of a step is measured: the one figure that differs from run to run.</summary>
    public bool MeasuresTime { get; init; }

    /// <summary>Processor time to train by id of the model, s, where it is known.</summary>
    public IReadOnlyDictionary<string, double> TrainingS { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Keeps finished runs and takes up from them; null to run everything.</summary>
    public KeptRuns? Kept { get; init; }

    /// <summary>Protocol.</summary>
    public CutOptions Cuts { get; init; } = new();

    /// <summary>Throws when the options contradict themselves.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        Cuts.Validate();
    }
}
