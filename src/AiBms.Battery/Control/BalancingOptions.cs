namespace AiBms.Battery.Control;

/// <summary>When balancing resistors are worth switching on.</summary>
public sealed record BalancingOptions
{
    /// <summary>A cell is bled from this share of its capacity on that it will be full too early.</summary>
    public double StartFraction { get; init; } = 0.004;

    /// <summary>And until this share is left.</summary>
    public double StopFraction { get; init; } = 0.001;

    /// <summary>
    /// The charge to bleed must be this many of its deviations large, so that noise is not bled away: the cell with the most room is found
    /// among all, and by noise alone it lies two to three deviations from the others.
    /// </summary>
    public double DeviationsNumber { get; init; } = 3;

    /// <summary>And it is bled until it is this many of them, as far as it is known.</summary>
    public double StopDeviationsNumber { get; init; } = 1;

    /// <summary>The board is kept this far below its limit, K.</summary>
    public double BoardMarginK { get; init; } = 5;

    /// <summary>Surroundings of a board whose temperature is not measured, °C.</summary>
    public double UnknownBoardAmbientDegC { get; init; } = 45;

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public BalancingOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(StopFraction);
        ArgumentOutOfRangeException.ThrowIfLessThan(StartFraction, StopFraction);
        ArgumentOutOfRangeException.ThrowIfNegative(StopDeviationsNumber);
        ArgumentOutOfRangeException.ThrowIfLessThan(DeviationsNumber, StopDeviationsNumber);
        ArgumentOutOfRangeException.ThrowIfNegative(BoardMarginK);
        return this;
    }
}
