namespace AiBms.Battery.Cells;

/// <summary>A kind of cell: who makes it, what it holds, and where its numbers come from.</summary>
public sealed record CellType
{
    /// <summary>Short name, as <c>--cell</c> takes it: lower case letters, digits and underscores.</summary>
    public required string Id { get; init; }

    /// <summary>Reference capacity that SOC is a fraction of, Ah.</summary>
    public required double CapacityAh { get; init; }
}
