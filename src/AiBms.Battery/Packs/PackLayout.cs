namespace AiBms.Battery.Packs;

/// <summary>What a pack is made of. Cells are counted from 0 at the negative end, one number a parallel group.</summary>
/// <remarks>What a file leaves out is filled in by the getters: generated serialisation does not run initialisers.</remarks>
public sealed record PackLayout
{
    /// <summary>Short name, as <c>--pack</c> takes it.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the cell type it is built from.</summary>
    public required string Cell { get; init; }

    /// <summary>Cells in series.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>Cells in parallel in each group.</summary>
    public required int ParallelCount { get; init; }

    /// <summary>Modules, in series order, without gap.</summary>
    public required IReadOnlyList<PackModule> Modules { get; init; }

    /// <summary>The cell that each voltage tap sees, in the order of the taps; left out where tap and cell have the same number.</summary>
    public IReadOnlyList<int> TapCells { get => field ?? [.. Enumerable.Range(0, SeriesCount)]; init; }

    /// <summary>Serial number of the BMS that measures; null where nobody says. With another one, what was learnt of its sensors is forgotten.</summary>
    public string? BmsSerial { get; init; }

    /// <summary>Temperature probes.</summary>
    public required IReadOnlyList<TemperatureProbe> Probes { get; init; }

    /// <summary>Resistances outside the cells.</summary>
    public required WiringDesign Wiring { get; init; }

    /// <summary>Contactors and precharge.</summary>
    public required ContactorDesign Contactors { get; init; }

    /// <summary>Balancing resistors.</summary>
    public required BalancingDesign Balancing { get; init; }

    /// <summary>The cooling loop.</summary>
    public required CoolingDesign Cooling { get; init; }

    /// <summary>Which further sensors are fitted.</summary>
    public required PackSensors Sensors { get; init; }

    /// <summary>How long its parts are made for; null where nobody says.</summary>
    public PackLife? Life { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required PackSource Source { get; init; }

    /// <summary>The module a cell is in.</summary>
    public PackModule ModuleOf(int cell)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cell);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cell, SeriesCount);
        return Modules.First(m => cell < m.FirstCell + m.CellCount);
    }
}
