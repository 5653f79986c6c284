namespace AiBms.Battery.Estimation.Packs;

/// <summary>What estimates can find wrong. Wire values are explicit and append-only.</summary>
public enum FindingKind : byte
{
    /// <summary>A cell loses charge inside, A: an internal short or a leak.</summary>
    InternalLeak = 0,

    /// <summary>The resistance of a cell or its joints has grown, ratio to the pack's other cells.</summary>
    ContactResistance = 1,

    /// <summary>A tap shows what no cell does, size of its residual in deviations.</summary>
    CellSensor = 2,

    /// <summary>A temperature probe shows what heat and neighbours contradict, size of its residual in deviations.</summary>
    ProbeSensor = 3,

    /// <summary>The two current sensors differ, A.</summary>
    CurrentSensor = 4,

    /// <summary>Cells give their heat to warmer surroundings than the coolant, K beyond the usual: a stopped pump, a blockage, low level.</summary>
    CoolingLoss = 5,

    /// <summary>A cell of a parallel group no longer takes part, resistance of the group over that of the others.</summary>
    LostParallelCell = 6,

    /// <summary>The chiller was told to run at full power and has cooled nothing, min.</summary>
    ChillerLoss = 7,

    /// <summary>A cell's voltage has fallen far, V, and neither its tap nor a joint is known to be why: to be taken for a short inside.</summary>
    CellDrop = 8,

    /// <summary>The core of a cell with a short is surely above what it may have, °C.</summary>
    CoreTemperature = 9,
}
