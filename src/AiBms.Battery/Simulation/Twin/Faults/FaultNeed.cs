namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>What a pack must have so that a fault can come, or be seen.</summary>
public enum FaultNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Coolant that is pumped.</summary>
    Coolant,

    /// <summary>A chiller.</summary>
    Chiller,

    /// <summary>Cells in parallel.</summary>
    ParallelCells,

    /// <summary>An isolation monitor.</summary>
    IsolationMonitor,
}
