using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Temperature of every cell: a filter on each cell with a probe, the others by their own heat and what the probes beside them teach.</summary>
sealed class PackTemperatures
{
    /// <summary>What a probe on a busbar says of the case beside it, one standard deviation, K; and how far a cell between probes may be off.</summary>
    const double BusbarDeviationK = 1, BetweenDeviationK = 0.7;

    /// <summary>The coolant's inlet is followed with this lag, s, as long as it flows at least so fast, L/min.</summary>
    const double InletLagS = 60, LeastFlowLPerMin = 0.5;

    /// <summary>Of the way that surroundings go when the flow is turned round this part is not sure, one standard deviation.</summary>
    const double TurnedFraction = 0.5;

    /// <summary>Heat that goes on is taken as the mean over about this, s.</summary>
    const double RecentS = 120;

    /// <summary>A litre of coolant stands for this heat capacity, J/K: as organic coolants have it; water-glycol has twice that, in loops that hold little.</summary>
    const double CoolantJPerLK = 1700;

    /// <summary>Probes teach the surroundings what a heater does within about this, s.</summary>
    const double HeaterLearntS = 120;

    /// <summary>Stands in where a cell's file has no thermal numbers: a small cell in still air.</summary>
    static readonly CoreCaseParameters s_unknown = new(50, 20, 1.5, 5);

    readonly PackLayout _layout;
    readonly ThermalFilterOptions _options;
    readonly Circuit<double> _circuit;
    readonly ThermalFilter?[] _probed;
    readonly CoreCaseStep _step, _later;
    readonly CoolingAhead _cooling;
    readonly double _heatJPerK;
    readonly RollAxis[] _axes;
    readonly LeakHeat _leaks;
    readonly double[] _measuredDegC;
    readonly double[] _caseDegC, _coreDegC, _aroundDegC, _factor, _deviationK, _warm, _cold, _surprise;
    double _ohmicJ, _entropicJ, _elapsedS, _recentW, _recentEntropicW, _usualHeaterW, _inletDegC = double.NaN;

    public PackTemperatures(PackLayout layout, CellType group, ThermalFilterOptions options)
    {
        if (layout.Cooling.Kind != CoolingKind.Air) options = options with { SurroundingsWalkDeviationK = options.CooledWalkDeviationK };
        (_layout, _options, _circuit) = (layout, options, TheveninModel.Of<double>(group));
        var thermal = group.Thermal ?? s_unknown;
        (_step, _later, _cooling, _heatJPerK) = (new(thermal), new(thermal), new(layout), thermal.CoreHeatCapacityJPerK + thermal.CaseHeatCapacityJPerK);
        int n = layout.SeriesCount;
        _axes = thermal.AxisToCaseKPerW > 0 ? [.. Enumerable.Range(0, n).Select(_ => new RollAxis(thermal.CoreHeatCapacityJPerK, thermal.AxisToCaseKPerW))] : [];
        _probed = new ThermalFilter?[n];
        foreach (var probe in layout.Probes) if (probe.Place != ProbePlace.Coolant) _probed[probe.Cell] ??= new(thermal, options);
        (_caseDegC, _coreDegC, _aroundDegC, _factor, _deviationK) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        _surprise = new double[layout.Probes.Count];
        (_leaks, _measuredDegC) = (new(layout, thermal), new double[n]);
        (_warm, _cold) = (new double[1 + _circuit.PairCount], new double[1 + _circuit.PairCount]);
        Start();
    }

    /// <summary>Duty of the pump that forecasts are made for, 0…1; NaN where it stays as it is.</summary>
    public double PumpAheadFraction { get; set; } = double.NaN;

    /// <summary>The heater that forecasts are made for.</summary>
    public HeaterUse HeaterAhead { get; set; }

    /// <summary>True while the coolant enters at the last cell.</summary>
    public bool IsFlowReversed { get; private set; }

    /// <summary>The flow is turned round: each cell's surroundings become those of the cell at the same place from the other end.</summary>
    public void Reverse()
    {
        IsFlowReversed = !IsFlowReversed;
        if (double.IsNaN(MeanCaseDegC)) return;
        for (int i = 0; i < _probed.Length; i++)
        {
            double shiftK = _aroundDegC[^(i + 1)] - _aroundDegC[i];
            if (_probed[i] is { IsRunning: true } filter) filter.TurnSurroundings(shiftK, TurnedFraction);
        }
    }

    public double MeanCaseDegC { get; private set; }

    public double MeanCoreDegC { get; private set; }

    public double MeanSurroundingsDegC { get; private set; }

    /// <summary>Heat of the mean cell between the last two updates, W.</summary>
    public double MadeW { get; private set; }

    /// <summary>Mean square of a probe's residuals over what was expected: 1 where all is well.</summary>
    public double ProbeSurprise(int probe) => _surprise[probe];

    /// <summary>The same over all probes: large when the model is wrong and not a probe.</summary>
    public double CommonSurprise { get; private set; }

    /// <summary>True where a short has warmed a cell.</summary>
    public bool IsBurning(int cell) => _leaks.IsWarm(cell);

    /// <summary>The filter of a cell with a probe; null where it has none.</summary>
    public ThermalFilter? Filter(int cell) => _probed[cell];

    public void Start()
    {
        Array.Fill(_caseDegC, double.NaN);
        Array.Fill(_coreDegC, double.NaN);
        foreach (var filter in _probed) filter?.Stop();
        foreach (var axis in _axes) axis.Begin(double.NaN);
        _cooling.Start();
        _leaks.Start();
        (_inletDegC, _usualHeaterW, IsFlowReversed) = (double.NaN, 0, false);
        (MeanCaseDegC, MeanCoreDegC, MeanSurroundingsDegC) = (double.NaN, double.NaN, double.NaN);
        (_ohmicJ, _entropicJ, _elapsedS, _recentW, _recentEntropicW, MadeW) = (0, 0, 0, 0, 0, 0);
    }

    /// <summary>Keeps all that is known, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        foreach (double[] values in (ReadOnlySpan<double[]>)[_caseDegC, _coreDegC, _aroundDegC, _factor, _deviationK, _surprise]) tape.Values(values);
        foreach (var filter in _probed) filter?.Keep(tape);
        (MeanCaseDegC, MeanCoreDegC, MeanSurroundingsDegC, CommonSurprise) = (tape.Value(MeanCaseDegC), tape.Value(MeanCoreDegC), tape.Value(MeanSurroundingsDegC), tape.Value(CommonSurprise));
        IsFlowReversed = tape.Flag(IsFlowReversed);
        (_ohmicJ, _entropicJ, _elapsedS) = (tape.Value(_ohmicJ), tape.Value(_entropicJ), tape.Value(_elapsedS));
        (_recentW, _recentEntropicW) = (tape.Value(_recentW), tape.Value(_recentEntropicW));
    }

    /// <summary>Adds the mean cell's heat of one sample.</summary>
    public void AddHeat(PackCells cells)
    {
        double stepS = cells.Mean.StepS, currentA = cells.FlownA;
        _ohmicJ += currentA * cells.Mean.Filter.DropV * stepS;
        double kelvin = double.IsNaN(MeanCoreDegC) ? Units.ToKelvin(25) : Units.ToKelvin(MeanCoreDegC);
        _entropicJ += currentA * kelvin * _circuit.Entropic(Math.Clamp(cells.Mean.Filter.Soc, 0, 1)) * stepS;
        _elapsedS += stepS;
    }

    public void Update(PackReading reading, PackCells cells)
    {
        double ohmicW = _elapsedS > 0 ? _ohmicJ / _elapsedS : 0, entropicW = _elapsedS > 0 ? _entropicJ / _elapsedS : 0, share = Math.Min(1, _elapsedS / RecentS);
        (_recentW, _recentEntropicW) = (_recentW + (ohmicW - _recentW) * share, _recentEntropicW + (entropicW - _recentEntropicW) * share);
        MadeW = ohmicW + entropicW;
        _usualHeaterW += (HeaterAhead.HeatW - _usualHeaterW) * (1 - Math.Exp(-_elapsedS / HeaterLearntS));
        if (_layout.Cooling.Kind != CoolingKind.Air) _cooling.Update(reading, _elapsedS);
        Probed(reading, cells, ohmicW, entropicW);
        Between(cells, ohmicW, entropicW);
        _leaks.Update(cells, _caseDegC, _measuredDegC, _elapsedS);
        if (!double.IsNaN(MeanCaseDegC)) Inside(cells, ohmicW, entropicW);
        (_ohmicJ, _entropicJ, _elapsedS) = (0, 0, 0);
        if (!double.IsNaN(MeanCaseDegC)) Factors(cells);
    }

    /// <summary>Fills in temperatures, the hottest cell and where it goes.</summary>
    public void Report(PackState state)
    {
        int hottest = 0;
        for (int i = 0; i < _coreDegC.Length; i++)
        {
            (state.CaseDegC[i], state.CoreDegC[i], state.CoreDegCDeviation[i]) = (_caseDegC[i], _coreDegC[i] + AxisAboveK(i) + _leaks.CoreK(i), _deviationK[i]);
            if (_axes.Length > 0) state.CoreDegCDeviation[i] = AxisDeviationK(i);
            if (_leaks.CoreK(i) > 0) state.CoreDegCDeviation[i] = Both(state.CoreDegCDeviation[i], _leaks.DeviationK(i, double.IsFinite(_measuredDegC[i])));
            if (state.CoreDegC[i] > state.CoreDegC[hottest]) hottest = i;
        }

        bool isKnown = !double.IsNaN(_coreDegC[hottest]);
        state.HotSpot = isKnown ? new(state.CoreDegC[hottest], state.CoreDegCDeviation[hottest], hottest, SocValidity.Valid) : TemperatureEstimate.Unknown;
        for (int k = 0; k < state.HotSpotForecast.Length; k++)
        {
            state.HotSpotForecast[k] = isKnown ? Ahead(hottest, PackState.ForecastTimesS[k], _recentW + _recentEntropicW, 0.5) : TemperatureEstimate.Unknown;
            if (isKnown && _leaks.IsAny) state.HotSpotForecast[k] = HottestLeak(state.HotSpotForecast[k], PackState.ForecastTimesS[k]);
        }
    }

    /// <summary>A cell that is shorted need not be the hottest yet to become it.</summary>
    TemperatureEstimate HottestLeak(TemperatureEstimate hottest, double timeS)
    {
        for (int i = 0; i < _coreDegC.Length; i++)
        {
            if (!(_leaks.W[i] > 0) && !(_leaks.CoreK(i) > 0)) continue;
            var ahead = Ahead(i, timeS, _recentW + _recentEntropicW, 0.5);
            if (ahead.TemperatureDegC > hottest.TemperatureDegC) hottest = ahead;
        }

        return hottest;
    }

    static double Both(double a, double b) => Math.Sqrt(a * a + b * b);

    /// <summary>Core of a cell after a time of constant heat of the mean cell, W, known to a fraction.</summary>
    public TemperatureEstimate Ahead(int cell, double timeS, double heatW, double fractionDeviation)
    {
        _later.Set(timeS);
        double core = _later.CoreOfCore * _coreDegC[cell] + _later.CoreOfCase * _caseDegC[cell] + _later.CoreOfSurroundings * _aroundDegC[cell] + _later.CoreOfHeat * heatW * _factor[cell];

        // With less cooling a cell cannot become warmer than by all of its heat.
        double cooling = _later.CoreOfSurroundings * _cooling.ShiftK(_caseDegC[cell], PumpAheadFraction);
        core += Math.Min(cooling, Math.Max(0, heatW * _factor[cell]) * timeS / _heatJPerK);
        core += WarmedK(timeS);
        double wander = _later.CoreOfSurroundings * (_options.StartSurroundingsDeviationK / 2 + _options.SurroundingsWalkDeviationK * Math.Sqrt(timeS / Units.SecondsPerHour));
        double load = _later.CoreOfHeat * heatW * _factor[cell] * fractionDeviation;
        core += AxisAboveK(cell);
        double nowK = _axes.Length > 0 ? AxisDeviationK(cell) : _deviationK[cell], leakK = 0;
        if (_leaks.IsAny)
        {
            leakK = _leaks.CoreAheadK(cell, timeS);
            core += leakK;
        }

        return new(core, Math.Sqrt(nowK * nowK + wander * wander + load * load + LeakHeat.FractionDeviation * LeakHeat.FractionDeviation * leakK * leakK), cell, SocValidity.Valid);
    }

    /// <summary>What a heater adds or no longer adds, K, beyond what the surroundings have already been learnt with: it warms cells and coolant as one.</summary>
    double WarmedK(double timeS)
    {
        double newW = HeaterAhead.HeatW - _usualHeaterW;
        if (newW == 0) return 0;
        double heldJPerK = _layout.SeriesCount * _heatJPerK + _layout.Cooling.FluidVolumeL * CoolantJPerLK;
        double coldestDegC = double.PositiveInfinity;
        foreach (double caseDegC in _caseDegC) coldestDegC = Math.Min(coldestDegC, caseDegC);
        return Math.Min(newW / heldJPerK * timeS, Math.Max(0, HeaterAhead.UntilDegC - coldestDegC));
    }

    void Probed(PackReading reading, PackCells cells, double ohmicW, double entropicW)
    {
        double shiftK = InletShift(reading);
        for (int i = 0; i < _probed.Length; i++)
        {
            if (_probed[i] is not { IsRunning: true } filter || !(_elapsedS > 0)) continue;
            filter.Predict(ohmicW * Own(cells, i) + entropicW, _elapsedS);
            if (shiftK != 0) filter.MoveSurroundings(shiftK);
        }

        double sum = 0, count = 0;
        Array.Fill(_measuredDegC, double.NaN);
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            var probe = _layout.Probes[k];
            if (reading.ProbeQualities[k] != SignalQuality.Good || _probed[probe.Cell] is not { } filter || probe.Place == ProbePlace.Coolant) continue;
            double measured = reading.ProbeTemperatureDegC[k];
            if (probe.Place == ProbePlace.Case) _measuredDegC[probe.Cell] = measured;
            if (!filter.IsRunning) filter.Begin(measured);
            else Surprised(k, filter.Correct(measured, probe.Place == ProbePlace.Case ? _options.ProbeDeviationK : BusbarDeviationK));
            (sum, count) = (sum + _surprise[k], count + 1);
        }

        CommonSurprise = sum / Math.Max(1, count);
    }

    /// <summary>How far the coolant that enters has moved since the last update, K: what cools the cells moves with it, and no probe is to be suspected for that.</summary>
    double InletShift(PackReading reading)
    {
        bool flows = !(reading.Quality(PackSignal.CoolantFlowLPerMin) == SignalQuality.Good && reading[PackSignal.CoolantFlowLPerMin] < LeastFlowLPerMin);
        if (_layout.Cooling.Kind == CoolingKind.Air || reading.Quality(PackSignal.CoolantInletDegC) != SignalQuality.Good || !flows)
        {
            _inletDegC = double.NaN;
            return 0;
        }

        double inletDegC = reading[PackSignal.CoolantInletDegC], beforeDegC = double.IsNaN(_inletDegC) ? inletDegC : _inletDegC;
        _inletDegC = beforeDegC + (inletDegC - beforeDegC) * (1 - Math.Exp(-_elapsedS / InletLagS));
        return _inletDegC - beforeDegC;
    }

    void Surprised(int probe, double seen)
    {
        double share = Math.Min(1, _elapsedS / 120);
        _surprise[probe] += (Math.Min(100, seen * seen) - _surprise[probe]) * share;
    }

    /// <summary>Cells without a probe: own heat, surroundings and heat factor between those of the probes beside them, pulled to the line between these.</summary>
    void Between(PackCells cells, double ohmicW, double entropicW)
    {
        int left = -1, right = Next(0);
        if (right < 0) return;
        _step.Set(_elapsedS);
        double pull = 1 - Math.Exp(-_elapsedS / 600), sumCase = 0, sumCore = 0, sumAround = 0;
        for (int from = 0; from < _probed.Length; from = right < 0 ? _probed.Length : right)
        {
            // One stretch: from a probe, or from the first cell, up to the next probe.
            if (from == right) (left, right) = (from, Next(from + 1));
            ThermalFilter a = _probed[left < 0 ? right : left]!, b = _probed[right < 0 ? left : right]!;
            double perCell = left < 0 || right < 0 ? 0 : 1.0 / (right - left), deviation = Math.Sqrt(a.CoreDegCDeviation * a.CoreDegCDeviation + BetweenDeviationK * BetweenDeviationK);
            (double around, double factor, double case0, double core0) = (a.SurroundingsDegC, a.HeatFactor, a.CaseDegC, a.CoreDegC);
            (double aroundRise, double factorRise, double caseRise, double coreRise) = (b.SurroundingsDegC - around, b.HeatFactor - factor, b.CaseDegC - case0, b.CoreDegC - core0);
            for (int i = from; i < (right < 0 ? _probed.Length : right); i++)
            {
                double w = left < 0 ? 0 : (i - left) * perCell, lineCase = case0 + caseRise * w, lineCore = core0 + coreRise * w;
                (_aroundDegC[i], _factor[i]) = (around + aroundRise * w, factor + factorRise * w);
                if (i == left || double.IsNaN(_caseDegC[i]))
                {
                    (_caseDegC[i], _coreDegC[i]) = (lineCase, lineCore);
                }
                else
                {
                    double heat = (ohmicW * Own(cells, i) + entropicW) * _factor[i], core = _coreDegC[i], shell = _caseDegC[i];
                    core = _step.CoreOfCore * _coreDegC[i] + _step.CoreOfCase * shell + _step.CoreOfSurroundings * _aroundDegC[i] + _step.CoreOfHeat * heat;
                    shell = _step.CaseOfCore * _coreDegC[i] + _step.CaseOfCase * shell + _step.CaseOfSurroundings * _aroundDegC[i] + _step.CaseOfHeat * heat;
                    (_caseDegC[i], _coreDegC[i]) = (shell + (lineCase - shell) * pull, core + (lineCore - core) * pull);
                }

                _deviationK[i] = i == left ? a.CoreDegCDeviation : deviation;
                (sumCase, sumCore, sumAround) = (sumCase + _caseDegC[i], sumCore + _coreDegC[i], sumAround + _aroundDegC[i]);
            }
        }

        int n = _probed.Length;
        (MeanCaseDegC, MeanCoreDegC, MeanSurroundingsDegC) = (sumCase / n, sumCore / n, sumAround / n);
    }

    /// <summary>Axes of wound cells whose conduction is known: the hottest place, which no case tells.</summary>
    void Inside(PackCells cells, double ohmicW, double entropicW)
    {
        for (int i = 0; i < _axes.Length; i++)
        {
            if (double.IsNaN(_axes[i].AxisDegC)) _axes[i].Begin(_caseDegC[i]);
            _axes[i].Step((ohmicW * Own(cells, i) + entropicW) * (1 + RollAxis.HeatFraction * (_factor[i] - 1)), _caseDegC[i], _elapsedS);
        }
    }

    /// <summary>How far the axis is above the core of the two nodes, K; 0 where no axis is known.</summary>
    double AxisAboveK(int cell) => _axes.Length > 0 ? _axes[cell].AxisDegC - _coreDegC[cell] : 0;

    double AxisDeviationK(int cell)
    {
        double riseK = RollAxis.RiseDeviationFraction * (_axes[cell].AxisDegC - _caseDegC[cell]);
        return Math.Sqrt(_deviationK[cell] * _deviationK[cell] + riseK * riseK + RollAxis.ProbeOffsetDeviationK * RollAxis.ProbeOffsetDeviationK);
    }

    int Next(int from)
    {
        while (from < _probed.Length && (_probed[from] is not { IsRunning: true } || _leaks.IsWarm(from))) from++;
        return from < _probed.Length ? from : -1;
    }

    static double Own(PackCells cells, int cell) => (1 + cells.Differences.Resistance(cell)) * cells.TemperatureFactor[cell];

    /// <summary>Resistance at a cell's own temperature over that at the mean temperature: a straight line through two points of the table.</summary>
    void Factors(PackCells cells)
    {
        const double AsideK = 3;
        double soc = Math.Clamp(cells.Mean.Filter.Soc, 0, 1), mean = MeanCoreDegC;
        _circuit.Resistances(soc, mean - AsideK, _cold);
        _circuit.Resistances(soc, mean + AsideK, _warm);
        double cold = 0, warm = 0;
        for (int k = 0; k < _cold.Length; k++) (cold, warm) = (cold + _cold[k], warm + _warm[k]);
        double perK = Math.Log(warm / cold) / (2 * AsideK);
        for (int i = 0; i < _coreDegC.Length; i++)
        {
            double x = perK * (_coreDegC[i] - mean);
            cells.TemperatureFactor[i] = Math.Clamp(1 + x + x * x / 2, 0.3, 3);
        }
    }
}
