using System.Globalization;
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
        FindingKind.LostParallelCell => $"Group {where}: a cell of it no longer takes part",
        FindingKind.ChillerLoss => "The chiller is told to run at full power and cools nothing",
        FindingKind.CellDrop => $"Cell {where}: its voltage has fallen far, and neither its tap nor a joint is known to be why: cell or tap, to be taken for a short",
        FindingKind.CoreTemperature => $"Cell {where} is hotter inside than it may be",
        FindingKind.CurrentSensor => "The two current sensors differ",
        _ => "Cells give less heat to the coolant than they should",
    };

    /// <summary>Unit of a finding's size.</summary>
    public static string Unit(FindingKind kind) => kind switch { FindingKind.InternalLeak or FindingKind.CurrentSensor => "A", FindingKind.ContactResistance or FindingKind.LostParallelCell => "×", FindingKind.CoolingLoss => "K", FindingKind.CellDrop => "V", FindingKind.CoreTemperature => "°C", FindingKind.ChillerLoss => "min", _ => "deviations" };

    /// <summary>What a cell is known by, beside the others' mean: nothing where it is not known.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cellSoc">SOC of every cell, 0…1.</param>
    /// <param name="capacityAh">Capacity of every cell, Ah.</param>
    /// <param name="resistanceRatio">Resistance of every cell over that of its circuit; may be empty.</param>
    public static string Evidence(int cell, ReadOnlySpan<double> cellSoc, ReadOnlySpan<double> capacityAh, ReadOnlySpan<double> resistanceRatio)
    {
        (double soc, double capacity, double resistance) = (100 * (At(cellSoc, cell) - Mean(cellSoc)), 100 * (At(capacityAh, cell) / Mean(capacityAh) - 1), 100 * (At(resistanceRatio, cell) / Mean(resistanceRatio) - 1));
        List<string> parts = [];
        if (double.IsFinite(soc)) parts.Add(string.Create(CultureInfo.InvariantCulture, $"SOC {soc:+0.0;−0.0;0.0} points"));
        // Capacities that were never measured are all the same.
        if (Math.Abs(capacity) >= 0.05) parts.Add(string.Create(CultureInfo.InvariantCulture, $"capacity {capacity:+0.0;−0.0;0.0} %"));
        if (double.IsFinite(resistance)) parts.Add(string.Create(CultureInfo.InvariantCulture, $"resistance {resistance:+0;−0;0} %"));
        return parts.Count == 0 ? "" : $"{string.Join(", ", parts)} beside the mean";
    }

    static double At(ReadOnlySpan<double> values, int k) => k < values.Length ? values[k] : double.NaN;

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0, count = 0;
        foreach (double value in values) if (double.IsFinite(value)) (sum, count) = (sum + value, count + 1);
        return sum / count;
    }

    /// <summary>Why a cell stands out.</summary>
    public static string Low(LowCellKind kind) => kind switch
    {
        LowCellKind.LowCharge => "less charge than the others; balancing brings it back",
        LowCellKind.LowCapacity => "less capacity than the others; only a swap brings it back",
        LowCellKind.HighResistance => "the voltage moves more with current than that of the others",
        LowCellKind.Leak => "it loses charge inside; only a swap ends that",
        LowCellKind.Dropped => "its voltage has fallen far: a short inside, unless its tap or a joint is shown to be why",
        _ => "the reading cannot be that of a sound cell: its tap, or a short inside",
    };
}
