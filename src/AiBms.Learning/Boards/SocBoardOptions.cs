using AiBms.Learning.Evaluation;

namespace AiBms.Learning.Boards;

/// <summary>What the SOC board runs.</summary>
public sealed record SocBoardOptions
{
    /// <summary>The rungs there are.</summary>
    public IReadOnlyList<SocRung> Rungs { get; init; } = SocRung.All;

    /// <summary>Rungs by name; all where empty.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Fewer cuts, and only the headline, wrong starts and six faults: a look, not a result.</summary>
    public bool Quick { get; init; }

    /// <summary>Seed of cut places, noise and bootstrap.</summary>
    public ulong Seed { get; init; } = 11;

    /// <summary>Runs at the same time. The result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Protocol.</summary>
    public CutOptions Cuts { get; init; } = new();

    /// <summary>Throws when the options contradict themselves.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        Cuts.Validate();
    }
}
