using AiBms.Battery.Estimation.Packs;

namespace AiBms.Agent.Chain;

/// <summary>What estimates find wrong, in words.</summary>
public static class FindingText
{
    /// <summary>What is wrong.</summary>
    /// <param name="kind">Which finding.</param>
    /// <param name="where">Cell or probe as it is to be named.</param>
    public static string Kind(FindingKind kind, string where) => kind switch
    {
        FindingKind.InternalLeak => $"Cell {where} loses charge inside",
        FindingKind.ContactResistance => $"Cell {where} or its joints: resistance has grown",
        FindingKind.CellSensor => $"Tap {where} shows what no sound cell does",
        FindingKind.ProbeSensor => $"Probe {where} contradicts heat and neighbours",
        FindingKind.CurrentSensor => "The two current sensors differ",
        _ => "Cells give less heat to the coolant than they should",
    };

    /// <summary>Unit of a finding's size.</summary>
    public static string Unit(FindingKind kind) => kind switch { FindingKind.InternalLeak or FindingKind.CurrentSensor => "A", FindingKind.ContactResistance => "×", FindingKind.CoolingLoss => "K", _ => "deviations" };

    /// <summary>Why a cell stands out.</summary>
    public static string Low(LowCellKind kind) => kind switch
    {
        LowCellKind.LowCharge => "less charge than the others; balancing brings it back",
        LowCellKind.LowCapacity => "less capacity than the others; only a swap brings it back",
        LowCellKind.HighResistance => "the voltage moves more with current than that of the others",
        _ => "the reading cannot be that of a sound cell: its tap, or a short inside",
    };
}
