using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Battery.Thermal.Fluids;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Which pack is simulated, from what start, with what differences and sensors.</summary>
public sealed record PackTwinOptions
{
    /// <summary>What the pack is made of.</summary>
    public required PackLayout Layout { get; init; }

    /// <summary>Its cell, with circuit and thermal numbers.</summary>
    public required CellType Cell { get; init; }

    /// <summary>Electrodes in place of the cell's circuit; null for the circuit. Its file still tells the capacity and all that is thermal.</summary>
    public TwinPhysics? Physics { get; init; }

    /// <summary>The fluid that its cooling names; null only where that is none.</summary>
    public Fluid? Fluid { get; init; }

    /// <summary>Same seed, same pack, same noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Mean state of charge at the start, 0…1.</summary>
    public double StartSoc { get; init; } = 0.8;

    /// <summary>Temperature of everything at the start, °C.</summary>
    public double StartDegC { get; init; } = 25;

    /// <summary>How cells differ.</summary>
    public TwinSpread Spread { get; init; } = new();

    /// <summary>State of charge of each group at the start, 0…1, where it is known; null to draw it.</summary>
    public IReadOnlyList<double>? GroupSoc { get; init; }

    /// <summary>Capacity of each group, Ah, where it is known: its cells have equal parts; null to draw them.</summary>
    public IReadOnlyList<double>? GroupCapacityAh { get; init; }

    /// <summary>A truth that the estimator's model does not share; null for cells that follow their file.</summary>
    public TwinMismatch? Mismatch { get; init; }

    /// <summary>The sensors.</summary>
    public TwinSensorOptions Sensors { get; init; } = new();

    /// <summary>Rest, use and time.</summary>
    public TwinAgeingOptions Ageing { get; init; } = new();

    /// <summary>Busbars and what leads heat from them.</summary>
    public TwinBusbarOptions Busbars { get; init; } = new();

    /// <summary>What goes wrong, and when.</summary>
    public IReadOnlyList<TwinFault> Faults { get; init; } = [];

    /// <summary>Longest step of the thermal network, s, &gt; 0: longer steps are cut into equal ones.</summary>
    public double MaxStepS { get; init; } = 10;

    /// <exception cref="ArgumentException">Something is missing or out of range; the message says what.</exception>
    public void Validate()
    {
        if (Cell.Circuit is null || Cell.Thermal is null) throw new ArgumentException($"Cell {Cell.Id} cannot be simulated: its file needs a circuit and thermal numbers.");
        Physics?.Validate();
        if (PackFile.Fault(Layout) is { } fault) throw new ArgumentException(fault);
        if (Layout.Cooling.Fluid.Length > 0 && Fluid?.Id != Layout.Cooling.Fluid)
            throw new ArgumentException($"Pack {Layout.Id} is cooled by {Layout.Cooling.Fluid}, but was given {Fluid?.Id ?? "no fluid"}.");
        if (Layout.Cooling.Kind != CoolingKind.Air && Layout.Cooling.Geometry is null) throw new ArgumentException($"Pack {Layout.Id} cannot be simulated: its cooling needs a geometry.");
        ArgumentOutOfRangeException.ThrowIfNegative(StartSoc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartSoc, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxStepS);
        if ((GroupSoc is { } soc && (soc.Count != Layout.SeriesCount || !soc.All(z => z is >= 0 and <= 1)))
            || (GroupCapacityAh is { } capacity && (capacity.Count != Layout.SeriesCount || !capacity.All(q => q > 0 && double.IsFinite(q)))))
            throw new ArgumentException($"Pack {Layout.Id} has {Layout.SeriesCount} groups: give each a state of charge from 0 to 1 and a positive capacity.");
        if (!(StartDegC is >= -50 and <= 80)) throw new ArgumentOutOfRangeException(nameof(StartDegC), StartDegC, "from -50 to 80 °C");
        Sensors.Validate();
    }
}
