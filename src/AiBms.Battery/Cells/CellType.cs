namespace AiBms.Battery.Cells;

/// <summary>A kind of cell: who makes it, what it holds, how it behaves, and where its numbers come from.</summary>
/// <remarks>What a file leaves out is filled in by the getters: generated serialisation does not run initialisers.</remarks>
public sealed record CellType
{
    /// <summary>Short name, as <c>--cell</c> takes it: lower case letters, digits and underscores.</summary>
    public required string Id { get; init; }

    /// <summary>Other names that <c>--cell</c> takes.</summary>
    public IReadOnlyList<string> Aliases { get => field ?? []; init; }

    /// <summary>Maker and model in words.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>Chemistry of the positive electrode: NMC, NCA, LFP, LMO …</summary>
    public string Chemistry { get => field ?? ""; init; }

    /// <summary>Reference capacity that SOC is a fraction of, Ah.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>How the reference capacity was measured, in words.</summary>
    public string CapacityMeasuredBy { get => field ?? ""; init; }

    /// <summary>How far the true capacity may be from <see cref="CapacityAh"/>; null when not stated.</summary>
    public CapacityError? CapacityError { get; init; }

    /// <summary>Voltages and currents the cell is made for.</summary>
    public CellRatings? Ratings { get; init; }

    /// <summary>Where the numbers come from: data, publisher, licence, command.</summary>
    public required CellSource Source { get; init; }

    /// <summary>Range in which the circuit was identified; outside it estimates say so.</summary>
    public CellValidity? Validity { get; init; }

    /// <summary>The equivalent circuit; null when only the capacity is known.</summary>
    public TheveninParameters? Circuit { get; init; }

    /// <summary>How far the circuit's voltage is from measured ones; null when never compared.</summary>
    public VoltageError? VoltageError { get; init; }

    /// <summary>Core and case; null when not identified.</summary>
    public CoreCaseParameters? Thermal { get; init; }

    /// <summary>What the data could not determine, with the prior that stands in for it and its deviation, in words.</summary>
    public IReadOnlyList<string> NotIdentified { get => field ?? []; init; }

    /// <summary>How well the circuit follows each recording it was made from or checked on.</summary>
    public IReadOnlyList<FitRow> Fit { get => field ?? []; init; }
}
