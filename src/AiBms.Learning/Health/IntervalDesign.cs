namespace AiBms.Learning.Health;

/// <summary>How the 90 % interval of a model is made from its errors on whole held-out cells of the training side.</summary>
public sealed record IntervalDesign
{
    /// <summary>Fewest cells for which the size of errors is learnt as well.</summary>
    public const int FewestSizedCells = 20;

    /// <summary>True where the width is a share of the estimate.</summary>
    public bool IsRelative { get; init; } = true;

    /// <summary>Holds out whole groups instead of cells: for a tested group that is unlike all others.</summary>
    public bool LeavesGroupsOut { get; init; }

    /// <summary>Takes the cells to choose on alone, where the training rows are told more than tested ones are.</summary>
    public bool IsOfChooseAlone { get; init; }

    /// <summary>Learns where errors are larger, from at least <see cref="FewestSizedCells"/> cells; otherwise one width for all.</summary>
    public bool IsSized { get; init; } = true;
}
