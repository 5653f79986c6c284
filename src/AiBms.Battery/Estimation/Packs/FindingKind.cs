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
}
