using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Thermal numbers of a cell as the C structure <c>aibms_thermal_rules</c> has them: the exact solution of two heat capacities as a slow and a fast decay.</summary>
/// <param name="SlowPerS">Slow decay, 1/s.</param>
/// <param name="FastPerS">Fast decay, 1/s.</param>
/// <param name="CoreSlowFraction">Share of the core's own temperature in itself that decays slowly; the rest decays fast.</param>
/// <param name="CaseSlowFraction">The same of the case.</param>
/// <param name="CoreOfCaseFactor">Times slow minus fast decay: how much of the case is in the core.</param>
/// <param name="CaseOfCoreFactor">The other way round.</param>
/// <param name="CoreKPerW">Core over case when settled, K/W.</param>
/// <param name="CaseKPerW">Case over surroundings, K/W.</param>
/// <param name="SurroundingsWalkK2PerH">Variance that the surroundings gain, K²/h.</param>
public sealed record EdgeThermalRules(
    float SlowPerS, float FastPerS, float CoreSlowFraction, float CaseSlowFraction, float CoreOfCaseFactor, float CaseOfCoreFactor, float CoreKPerW, float CaseKPerW, float SurroundingsWalkK2PerH)
{
    /// <summary>Stands in where a cell's file has no thermal numbers: a small cell in still air.</summary>
    static readonly CoreCaseParameters s_unknown = new(50, 20, 1.5, 5);

    /// <summary>From the two-node model; eigenvalues of its matrix as in <see cref="Thermal.CoreCaseModel"/>.</summary>
    /// <param name="cell">The cell, or a parallel group as one.</param>
    /// <param name="layout">The pack: where a coolant flows, its pump and chiller move the surroundings.</param>
    public static EdgeThermalRules Of(CellType cell, PackLayout layout)
    {
        ThermalFilterOptions options = new();
        double walkK = layout.Cooling.Kind == CoolingKind.Air ? options.SurroundingsWalkDeviationK : options.CooledWalkDeviationK;
        var p = cell.Thermal ?? s_unknown;
        double core = 1 / (p.CoreHeatCapacityJPerK * p.CoreToCaseKPerW), shell = 1 / (p.CaseHeatCapacityJPerK * p.CoreToCaseKPerW);
        double own = shell + 1 / (p.CaseHeatCapacityJPerK * p.CaseToAmbientKPerW);
        double half = (core + own) / 2, root = Math.Sqrt((core - own) * (core - own) / 4 + core * shell), slow = half - root, fast = half + root;
        return new(
            (float)slow, (float)fast, (float)((fast - core) / (fast - slow)), (float)((fast - own) / (fast - slow)), (float)(core / (fast - slow)), (float)(shell / (fast - slow)),
            (float)p.CoreToCaseKPerW, (float)p.CaseToAmbientKPerW, (float)(walkK * walkK));
    }
}
