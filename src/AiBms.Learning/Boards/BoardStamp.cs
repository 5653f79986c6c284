namespace AiBms.Learning.Boards;

/// <summary>What makes a board's numbers again.</summary>
public sealed record BoardStamp
{
    /// <summary>Command line.</summary>
    public required string Command { get; init; }

    /// <summary>When it ran, UTC.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Seed of cut places, noise and bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <summary>True for a run with few cuts.</summary>
    public required bool Quick { get; init; }

    /// <summary>Pictures beside the page.</summary>
    public IReadOnlyList<BoardPlot> Plots { get; init; } = [];
}
