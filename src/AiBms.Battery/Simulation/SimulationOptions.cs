namespace AiBms.Battery.Simulation;

/// <summary>Of what, where and how a simulated recording is made.</summary>
public sealed record SimulationOptions
{
    /// <summary>Cells in series, at least 1.</summary>
    public int CellCount { get; init; } = 1;

    /// <summary>Temperature probes, from 1 to the number of cells.</summary>
    public int ProbeCount { get; init; } = 1;

    /// <summary>Mean state of charge at the start, 0…1.</summary>
    public double StartSoc { get; init; } = 1;

    /// <summary>Temperature of the surroundings, °C.</summary>
    public double AmbientDegC { get; init; } = 25;

    /// <summary>Time between rows, whole seconds, at least 1. The simulation itself steps by 1 s.</summary>
    public double IntervalS { get; init; } = 1;

    /// <summary>How far cells are from their type.</summary>
    public SpreadOptions Spread { get; init; } = new();

    /// <summary>The sensors.</summary>
    public SensorOptions Sensors { get; init; } = new();

    /// <summary>The car that drives.</summary>
    public VehicleOptions Vehicle { get; init; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CellCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbeCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ProbeCount, CellCount);
        ArgumentOutOfRangeException.ThrowIfNegative(StartSoc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartSoc, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(IntervalS, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(IntervalS, Math.Round(IntervalS));
        ArgumentOutOfRangeException.ThrowIfLessThan(AmbientDegC, -40);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(AmbientDegC, 60);
    }
}
