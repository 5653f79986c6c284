using AiBms.Battery.Packs;
using AiBms.Battery.Thermal.Fluids;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Core and case of every cell, busbars, plate and fluid along the flow, tank and surroundings.</summary>
/// <remarks>
/// Backward Euler: what leaves one node arrives at the next, to rounding, and no step is too long. A cell's case is a straight line in
/// the temperature of its fluid, a segment's fluid in that of the segment before it, the last segment's in that of the tank: all
/// unknowns are had by one sweep down the flow and one back, without a matrix. Busbars see their neighbours as at the step's start.
/// </remarks>
sealed class TwinThermal
{
    readonly CoolingDesign _cooling;
    readonly TwinBusbarOptions _bars;
    readonly int _groups, _parallel, _segments;
    readonly double _coreJPerK, _caseJPerK, _coreToCaseW, _caseToAirW;
    readonly CoolantLoop? _loop;
    readonly Fluid? _air;
    readonly double[] _caseInW, _baseDegC, _slope, _filmW, _segmentBase, _segmentSlope, _plateBase, _plateSlope, _barFluidW, _fieldK;

    public TwinThermal(PackTwinOptions options)
    {
        var (layout, cell) = (options.Layout, options.Cell.Thermal!);
        (_cooling, _bars) = (layout.Cooling, options.Busbars);
        (_groups, _parallel, _segments) = (layout.SeriesCount, layout.ParallelCount, layout.Cooling.Segments);
        (_coreJPerK, _caseJPerK) = (cell.CoreHeatCapacityJPerK, cell.CaseHeatCapacityJPerK);
        (_coreToCaseW, _caseToAirW) = (1 / cell.CoreToCaseKPerW, 1 / cell.CaseToAmbientKPerW);
        _loop = _cooling.Kind == CoolingKind.Air ? null : new(_cooling, options.Fluid!, options.StartDegC);
        _air = _cooling.Kind == CoolingKind.Air && _cooling.Geometry is not null ? options.Fluid : null;
        int cells = _groups * _parallel;
        (CoreDegC, CaseDegC, BusbarDegC, PlateDegC) = (Filled(cells), Filled(cells), Filled(_groups), Filled(_cooling.Kind == CoolingKind.ColdPlate ? _segments : 0));
        (_caseInW, _baseDegC, _slope, _filmW) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        (_segmentBase, _segmentSlope, _plateBase, _plateSlope, _barFluidW) = (new double[_segments], new double[_segments], new double[_segments], new double[_segments], new double[_segments]);
        _fieldK = new double[_groups];
        for (int g = 0; g < _groups && _groups > 1; g++) _fieldK[g] = (options.Mismatch?.FieldK ?? 0) * (1 - Math.Abs(2.0 * g / (_groups - 1) - 1));

        double[] Filled(int count) => [.. Enumerable.Repeat(options.StartDegC, count)];
    }

    public double[] CoreDegC { get; }

    public double[] CaseDegC { get; }

    public double[] BusbarDegC { get; }

    public double[] PlateDegC { get; }

    public CoolantLoop? Loop => _loop;

    /// <summary>Heat that went to the surroundings in the last step, J.</summary>
    public double ToAmbientJ { get; private set; }

    /// <summary>Rise of the heat held by all nodes in the last step, J.</summary>
    public double HeldJ { get; private set; }

    /// <summary>The segment that a group lies in.</summary>
    public int SegmentOf(int group) => group * _segments / _groups;

    /// <summary>One step of constant heat.</summary>
    /// <param name="cells">Heat and heat transfer of each cell.</param>
    /// <param name="busbarHeatW">Heat of each busbar, W.</param>
    /// <param name="heaterW">Heater mats on the cells, W in all; a heater in the loop is the loop's own.</param>
    /// <param name="ambientDegC">Surroundings, °C.</param>
    /// <param name="stepS">Step, s.</param>
    public void Step(TwinCells cells, ReadOnlySpan<double> busbarHeatW, double heaterW, double ambientDegC, double stepS)
    {
        (ToAmbientJ, HeldJ) = (0, 0);
        Busbars(busbarHeatW, ambientDegC, stepS);
        Cases(cells, heaterW, ambientDegC, stepS);
        if (_loop is not null) Fluid(_loop, ambientDegC, stepS);
        Cores(cells, ambientDegC, stepS);
    }

    /// <summary>Each busbar by its exact solution between the cases and the fluid as they were; what it gives them is constant over the step.</summary>
    void Busbars(ReadOnlySpan<double> heatW, double ambientDegC, double stepS)
    {
        Array.Clear(_caseInW);
        Array.Clear(_barFluidW);
        int first = 0;
        for (int g = 0; g < _groups; g++, first += _parallel)
        {
            // The busbar of a group leads to the next group; the last one to the terminal.
            int last = Math.Min(first + 2 * _parallel, CaseDegC.Length), segment = SegmentOf(g);
            bool isWashed = _cooling.Kind == CoolingKind.Immersion;
            double fluidDegC = isWashed ? _loop!.SegmentDegC[segment] : ambientDegC + _fieldK[g];
            double fluidW = _bars.AreaM2 * (isWashed ? _loop!.FilmWPerM2K[segment] * _loop.WettedFraction : 8);
            double sumW = fluidW, pullW = heatW[g] + fluidW * fluidDegC;
            for (int c = first; c < last; c++) pullW += _bars.ToCaseWPerK * CaseDegC[c];
            sumW += _bars.ToCaseWPerK * (last - first);

            double settledDegC = pullW / sumW, x = sumW * stepS / _bars.HeatCapacityJPerK, kept = Math.Exp(-x), away = BusbarDegC[g] - settledDegC;
            double meanDegC = settledDegC + (x > 1e-9 ? away * (1 - kept) / x : away);
            HeldJ += _bars.HeatCapacityJPerK * away * (kept - 1);
            BusbarDegC[g] = settledDegC + away * kept;
            for (int c = first; c < last; c++) _caseInW[c] += _bars.ToCaseWPerK * (meanDegC - CaseDegC[c]);
            if (isWashed) _barFluidW[segment] += fluidW * (meanDegC - fluidDegC);
            else ToAmbientJ += fluidW * (meanDegC - fluidDegC) * stepS;
        }
    }

    /// <summary>Eliminates core and case: case = base + slope · what it gives its heat to.</summary>
    void Cases(TwinCells cells, double heaterW, double ambientDegC, double stepS)
    {
        double core = _coreJPerK / stepS, shell = _caseJPerK / stepS, through = core * _coreToCaseW / (core + _coreToCaseW), heaterEachW = heaterW / cells.Count;
        Array.Clear(_segmentBase);
        Array.Clear(_segmentSlope);
        for (int g = 0, c = 0; g < _groups; g++)
        {
            int segment = SegmentOf(g);
            double film = FilmW(g, segment, ambientDegC);
            for (int p = 0; p < _parallel; p++, c++)
            {
                double filmW = _filmW[c] = film * cells.FilmFactor[c];
                double coreAsW = through * (CoreDegC[c] + cells.HeatW[c] / core), sum = shell + through + filmW;
                _baseDegC[c] = (shell * CaseDegC[c] + _caseInW[c] + heaterEachW + coreAsW) / sum;
                _slope[c] = filmW / sum;
                _segmentBase[segment] += filmW * _baseDegC[c];
                _segmentSlope[segment] += filmW * (1 - _slope[c]);
            }
        }
    }

    double FilmW(int group, int segment, double ambientDegC)
    {
        if (_cooling.Kind == CoolingKind.Immersion) return _loop!.FilmWPerM2K[segment] * _cooling.Geometry!.CellAreaM2 * _loop.WettedFraction;
        if (_cooling.Kind == CoolingKind.ColdPlate) return 1 / _cooling.Geometry!.CellToPlateKPerW;
        if (_air is null) return _caseToAirW;
        double airDegC = ambientDegC + _fieldK[group], caseDegC = CaseDegC[group * _parallel];
        return StillAir.FilmWPerM2K(_air.At((airDegC + caseDegC) / 2), caseDegC, airDegC, _cooling.Geometry!.FaceHeightM) * _cooling.Geometry.CellAreaM2;
    }

    /// <summary>Down the flow: each segment as a line in the one before it; then the tank closes the ring, and back.</summary>
    void Fluid(CoolantLoop loop, double ambientDegC, double stepS)
    {
        double held = loop.SegmentJPerK / stepS, stream = loop.StreamWPerK, housingEach = _cooling.Geometry!.HousingWPerK / (_segments + 1);
        double outBase = 0, outSlope = 1;
        for (int n = 0; n < _segments; n++)
        {
            int k = loop.IsReversed ? _segments - 1 - n : n;
            (double giveBase, double giveSlope) = Giving(loop, k, stepS);
            double sum = held + stream + giveSlope + housingEach;
            double ownBase = (held * loop.SegmentDegC[k] + giveBase + _barFluidW[k] + housingEach * ambientDegC) / sum;
            outBase = ownBase + stream / sum * outBase;
            outSlope *= stream / sum;
            (_segmentBase[k], _segmentSlope[k]) = (outBase, outSlope);
        }

        double tankHeld = loop.TankJPerK / stepS, madeW = loop.PumpW + loop.HeaterW - loop.ChillerW;
        double tankDegC = (tankHeld * loop.TankDegC + stream * outBase + madeW + housingEach * ambientDegC) / (tankHeld + stream * (1 - outSlope) + housingEach);
        HeldJ += loop.TankJPerK * (tankDegC - loop.TankDegC);
        ToAmbientJ += housingEach * (tankDegC - ambientDegC) * stepS;
        loop.TankDegC = tankDegC;
        for (int k = 0; k < _segments; k++)
        {
            double fluidDegC = _segmentBase[k] + _segmentSlope[k] * tankDegC;
            HeldJ += loop.SegmentJPerK * (fluidDegC - loop.SegmentDegC[k]);
            ToAmbientJ += housingEach * (fluidDegC - ambientDegC) * stepS;
            loop.SegmentDegC[k] = fluidDegC;
        }
    }

    /// <summary>What a segment's cells (by way of the plate, where there is one) give to its fluid: base − slope · fluid, W.</summary>
    (double BaseW, double SlopeW) Giving(CoolantLoop loop, int segment, double stepS)
    {
        if (PlateDegC.Length == 0) return (_segmentBase[segment], _segmentSlope[segment]);
        double plate = _cooling.Geometry!.PlateJPerK / _segments / stepS;
        double cellsIn = (double)_groups * _parallel / _segments;
        double inner = loop.FilmWPerM2K[segment] * _cooling.Geometry.CellAreaM2 * cellsIn * loop.WettedFraction;
        double sum = plate + _segmentSlope[segment] + inner;
        _plateBase[segment] = (plate * PlateDegC[segment] + _segmentBase[segment]) / sum;
        _plateSlope[segment] = inner / sum;
        return (inner * _plateBase[segment], inner * (1 - _plateSlope[segment]));
    }

    /// <summary>Back to the cells, with every other temperature known.</summary>
    void Cores(TwinCells cells, double ambientDegC, double stepS)
    {
        double core = _coreJPerK / stepS;
        for (int k = 0; k < PlateDegC.Length; k++)
        {
            double plateDegC = _plateBase[k] + _plateSlope[k] * _loop!.SegmentDegC[k];
            HeldJ += _cooling.Geometry!.PlateJPerK / _segments * (plateDegC - PlateDegC[k]);
            PlateDegC[k] = plateDegC;
        }

        for (int g = 0, c = 0; g < _groups; g++)
        {
            int segment = SegmentOf(g);
            double sinkDegC = PlateDegC.Length > 0 ? PlateDegC[segment] : _loop is not null ? _loop.SegmentDegC[segment] : ambientDegC + _fieldK[g];
            for (int p = 0; p < _parallel; p++, c++)
            {
                double caseDegC = _baseDegC[c] + _slope[c] * sinkDegC;
                double coreDegC = (core * CoreDegC[c] + cells.HeatW[c] + _coreToCaseW * caseDegC) / (core + _coreToCaseW);
                HeldJ += _caseJPerK * (caseDegC - CaseDegC[c]) + _coreJPerK * (coreDegC - CoreDegC[c]);
                if (_loop is null) ToAmbientJ += _filmW[c] * (caseDegC - sinkDegC) * stepS;
                (CaseDegC[c], CoreDegC[c]) = (caseDegC, coreDegC);
            }
        }
    }
}
