using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>A parallel group seen as one cell: what a voltage tap sees.</summary>
public static class GroupCell
{
    /// <summary>The group of a pack: capacity, currents and heat capacities times the count, resistances divided by it, voltages as they are.</summary>
    /// <param name="layout">The pack.</param>
    /// <param name="cell">One of its cells.</param>
    public static CellType Of(PackLayout layout, CellType cell)
    {
        double n = layout.ParallelCount;
        if (layout.ParallelCount == 1) return cell;
        double[][] Shared(double[][] table) => [.. table.Select(row => row.Select(ohm => ohm / n).ToArray())];
        return cell with
        {
            CapacityAh = cell.CapacityAh * n,
            Ratings = cell.Ratings is { } ratings ? ratings with { MaxChargeA = ratings.MaxChargeA * n, MaxDischargeA = ratings.MaxDischargeA * n } : null,
            Validity = cell.Validity is { } range ? range with { MaxChargeA = range.MaxChargeA * n, MaxDischargeA = range.MaxDischargeA * n } : null,
            Circuit = cell.Circuit is not { } circuit ? null : circuit with
            {
                SeriesResistanceOhm = Shared(circuit.SeriesResistanceOhm),
                Pairs = [.. circuit.Pairs.Select(pair => pair with { ResistanceOhm = Shared(pair.ResistanceOhm), KneeCurrentA = pair.KneeCurrentA is { } knee ? [.. knee.Select(a => a * n)] : null })],
            },
            Thermal = cell.Thermal is not { } thermal ? null : new(
                thermal.CoreHeatCapacityJPerK * n, thermal.CaseHeatCapacityJPerK * n, thermal.CoreToCaseKPerW / n, thermal.CaseToAmbientKPerW / n)
            {
                AxisToCaseKPerW = thermal.AxisToCaseKPerW / n,
            },
        };
    }
}
