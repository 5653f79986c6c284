namespace AiBms.Battery.Simulation.Twin;

/// <summary>What no estimator knows of the cells, on top of their spread: a truth that does not share the estimator's model.</summary>
/// <remarks>Always on together: three RC pairs whatever the cell's file has, each number drawn for each cell apart, evenly within its bound.</remarks>
public sealed record TwinMismatch
{
    /// <summary>Bound of the hidden factor on series resistance, and on the resistance and time constant of each pair.</summary>
    public double CircuitFraction { get; init; } = 0.2;

    /// <summary>Bound of a smooth hidden change of the OCV over charge, V.</summary>
    public double OcvV { get; init; } = 0.005;

    /// <summary>Least half distance between the branches of the OCV, V: cells whose file has less get this.</summary>
    public double LeastHysteresisV { get; init; } = 0.004;

    /// <summary>Bound of the hidden factor on hysteresis.</summary>
    public double HysteresisFraction { get; init; } = 0.3;

    /// <summary>Surroundings in the middle of the string are warmer than at its ends by this much, K.</summary>
    public double FieldK { get; init; } = 3;
}
