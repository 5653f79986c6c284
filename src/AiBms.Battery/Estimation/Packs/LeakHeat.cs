using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>How much warmer a cell is for the charge that a short burns inside it: core and case above what they would be without.</summary>
/// <remarks>
/// Core and case are linear in the heat, so what a short adds is added. All of the current that leaks at the cell's OCV becomes heat within the
/// cell, in the short and in the cell's own resistance. Of a parallel group one cell burns all of it. A cell that is empty burns no more.
/// </remarks>
sealed class LeakHeat
{
    /// <summary>What a leak and the way of its heat are known to, relative, one standard deviation.</summary>
    public const double FractionDeviation = 0.35;

    readonly CoreCaseStep _step, _later;
    readonly double[] _coreK, _caseK;
    readonly int _parallel;

    public LeakHeat(PackLayout layout, CoreCaseParameters thermal)
    {
        int cells = layout.SeriesCount;
        thermal = thermal with { CaseToAmbientKPerW = CaseKPerW(layout, thermal) };
        (_step, _later, _coreK, _caseK, W, _parallel) = (new(thermal), new(thermal), new double[cells], new double[cells], new double[cells], layout.ParallelCount);
    }

    /// <summary>From the case of a group to its surroundings, K/W, as the pack cools it: a cell's file only knows it as it was measured.</summary>
    static double CaseKPerW(PackLayout layout, CoreCaseParameters thermal)
    {
        // Laminar flow between wide plates (Incropera, table 8.1); organic coolants conduct like this, W/(m·K).
        const double Nusselt = 7.54, ConductsWPerMK = 0.13;
        double cellKPerW = layout.Cooling switch
        {
            { Kind: CoolingKind.Immersion, Geometry: { CellAreaM2: > 0, HydraulicDiameterM: > 0 } g } => g.HydraulicDiameterM / (Nusselt * ConductsWPerMK * g.CellAreaM2),
            { Kind: CoolingKind.ColdPlate, Geometry: { CellToPlateKPerW: > 0 } g } => g.CellToPlateKPerW,
            _ => double.PositiveInfinity,
        };
        return Math.Min(thermal.CaseToAmbientKPerW, cellKPerW / layout.ParallelCount);
    }

    /// <summary>Heat of each cell's leak, W.</summary>
    public double[] W { get; }

    /// <summary>True while any cell is warmer by a leak.</summary>
    public bool IsAny { get; private set; }

    /// <summary>True while a cell burns charge, or is still warm of it.</summary>
    public bool IsWarm(int cell) => W[cell] > 0 || _coreK[cell] > 0.01;

    /// <summary>How much warmer a cell's core is, K.</summary>
    public double CoreK(int cell) => _coreK[cell];

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        IsAny = false;
        foreach (double[] values in (ReadOnlySpan<double[]>)[W, _coreK, _caseK]) Array.Clear(values);
    }

    /// <summary>Advances.</summary>
    /// <param name="cells">What is known of leaks.</param>
    /// <param name="caseDegC">Cases as they would be without leaks, °C.</param>
    /// <param name="measuredDegC">Cases that are measured, °C; NaN where none is. Of a parallel group the probe may sit on another cell.</param>
    /// <param name="stepS">Time since the last step, s.</param>
    public void Update(PackCells cells, double[] caseDegC, double[] measuredDegC, double stepS)
    {
        if (!IsAny && !cells.HasShort) return;
        IsAny = false;
        for (int i = 0; i < W.Length; i++)
        {
            bool isShort = cells.Holds.Verdicts[i] == CellVerdict.Short && cells.Mean.Filter.Soc + cells.Differences.Soc(i) > 0;
            double leakA = isShort ? Math.Max(0, cells.Differences.LeakPerS(i)) * cells.ShortFraction(i) * Units.SecondsPerHour * cells.MeanCapacityAh : 0, burntS = W[i] == 0 && leakA > 0 ? Math.Max(stepS, cells.LeaksSinceS(i)) : stepS;
            W[i] = leakA * Math.Max(0, cells.OcvOf(i));
            if (!IsWarm(i)) continue;
            _step.Set(burntS);
            double core = _coreK[i], shell = _caseK[i], heatW = _parallel * W[i];
            (core, shell) = (_step.CoreOfCore * core + _step.CoreOfCase * shell + _step.CoreOfHeat * heatW, _step.CaseOfCore * core + _step.CaseOfCase * shell + _step.CaseOfHeat * heatW);
            double offK = _parallel == 1 && double.IsFinite(measuredDegC[i]) ? measuredDegC[i] - caseDegC[i] - shell : 0;
            (_coreK[i], _caseK[i]) = (Math.Max(0, core + offK), shell + offK);
            IsAny = true;
        }
    }

    /// <summary>What of it is not known, K: where the case is measured that of the way from the core to it alone.</summary>
    public double DeviationK(int cell, bool isMeasured) => FractionDeviation * (isMeasured && _parallel == 1 ? Math.Abs(_coreK[cell] - _caseK[cell]) : _coreK[cell]);

    /// <summary>How much warmer a cell's core will be after a time in which it leaks on, K.</summary>
    public double CoreAheadK(int cell, double timeS)
    {
        _later.Set(timeS);
        return _later.CoreOfCore * _coreK[cell] + _later.CoreOfCase * _caseK[cell] + _later.CoreOfHeat * _parallel * W[cell];
    }
}
