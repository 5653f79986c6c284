using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Limits;

namespace AiBms.Agent.Simulate;

/// <summary>A pack, its protection, and what is done to it.</summary>
public sealed record PackSimulationOptions
{
    /// <summary>The pack's twin, faults included.</summary>
    public required PackTwinOptions Twin { get; init; }

    /// <summary>The protection's limits.</summary>
    public required SafetyLimits Limits { get; init; }

    /// <summary>What happens, one after the other.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>Surroundings, °C.</summary>
    public double AmbientDegC { get; init; } = 25;

    /// <summary>What cooling is for.</summary>
    public CoolingMode Cooling { get; init; } = CoolingMode.Balanced;

    /// <summary>The flow of the coolant is turned round each time this long has passed, s; 0 never.</summary>
    public double ReverseFlowS { get; init; }

    /// <summary>How a charge goes on.</summary>
    public ChargeCourse Charging { get; init; }

    /// <summary>The load that energy is stated for.</summary>
    public EnergyLoad EnergyLoad { get; init; } = EnergyLoad.Recent;

    /// <summary>The car that drives; its battery is scaled to the pack.</summary>
    public VehicleOptions Vehicle { get; init; } = new();

    /// <summary>Time between rows, whole seconds, at least 1.</summary>
    public int IntervalS { get; init; } = 1;
}
