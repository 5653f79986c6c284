using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Turns estimates into findings: each must be large, sure and last.</summary>
sealed class PackFindings
{
    /// <summary>A cell whose voltage hardly moves with the current has no resistance: its tap is stuck. Relative difference of resistance.</summary>
    internal const double StuckFraction = -0.6;

    readonly PackLayout _layout;
    readonly FindingOptions _options;
    readonly double _capacityAh;
    /// <summary>A drop of this much shows a resistance, V; where the OCV no longer bends a residual is forgotten after so long, s.</summary>
    const double LoadedV = 0.005, ForgottenS = 120;

    /// <summary>Coolant flows from this share of its most on; where it has stood for the first time, s, it meets the cells with another temperature than theirs, and no probe is judged for the second.</summary>
    const double FlowsFraction = 0.1, StoodS = 300, MixedS = 600;

    readonly double[] _usualR, _loadedS, _leakS, _resistanceS, _tapS, _probeS, _coolingS;
    readonly bool[] _isBelieved, _wasSuspect, _isDropped, _isHot;
    readonly double _hottestDegC;
    readonly CellVerdict[] _told;
    readonly CoolingWatch _cooling;
    readonly ChillerWatch _chiller;
    double _currentS, _lastS = double.NaN, _common, _unbentS, _stoodS, _flowsS;

    public PackFindings(PackLayout layout, CellType group, FindingOptions options)
    {
        (_layout, _options, _capacityAh) = (layout, options.Validated(), group.CapacityAh);
        int n = layout.SeriesCount;
        (_usualR, _loadedS, _leakS, _resistanceS, _tapS) = (new double[n], new double[n], new double[n], new double[n], new double[n]);
        _told = new CellVerdict[n];
        (_isDropped, _isHot, _hottestDegC) = (new bool[n], new bool[n], group.Validity?.MaxTemperatureDegC ?? 60);
        int probes = layout.Probes.Count;
        (_probeS, _coolingS, _isBelieved, _wasSuspect) = (new double[probes], new double[probes + 1], new bool[probes], new bool[probes]);
        _cooling = new(layout, group, options);
        _chiller = new(layout, options);
        Start();
    }

    /// <summary>Power the chiller is told to run at, of its largest; NaN where nobody says.</summary>
    public double ChillerFraction { get; set; } = double.NaN;

    public void Start()
    {
        (_currentS, _lastS, _unbentS, _stoodS, _flowsS) = (0, double.NaN, ForgottenS, 0, MixedS);
        foreach (double[] held in (ReadOnlySpan<double[]>)[_loadedS, _leakS, _resistanceS, _tapS, _probeS, _coolingS]) Array.Clear(held);
        Array.Clear(_wasSuspect);
        Array.Clear(_isDropped);
        Array.Clear(_isHot);
        Array.Clear(_told);
        _cooling.Start();
        _chiller.Start();
        Array.Fill(_usualR, double.NaN);
    }

    /// <summary>The coolant is told to flow the other way: it meets the cells with another temperature than theirs, and what is usual along it is another.</summary>
    public void Reversed()
    {
        _flowsS = 0;
        _cooling.Reversed();
    }

    /// <summary>Keeps what was held so far, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        foreach (double[] values in (ReadOnlySpan<double[]>)[_usualR, _leakS, _resistanceS, _tapS, _probeS, _coolingS]) tape.Values(values);
        tape.Flags(_wasSuspect);
        _cooling.Keep(tape);
        (_currentS, _lastS) = (tape.Value(_currentS), tape.TimeS(_lastS));
    }

    public void Update(PackReading reading, PackCells cells, PackTemperatures temperatures, PackState state)
    {
        double passedS = double.IsNaN(_lastS) ? 0 : Math.Clamp(reading.TimeS - _lastS, 0, Units.SecondsPerHour);
        _lastS = reading.TimeS;
        for (int i = 0; i < _layout.SeriesCount; i++) Surely(i, cells, temperatures, state);
        if (cells.Mean.IsSearching) return;
        _common = double.NaN;
        _unbentS = cells.IsOcvBent() ? 0 : _unbentS + passedS;
        for (int i = 0; i < _layout.SeriesCount; i++) Cell(i, cells, state, passedS);
        bool isMixed = IsMixed(reading, passedS);
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            double size = Math.Sqrt(temperatures.ProbeSurprise(k));
            // No wire heats a cell: a probe that warms where a cell is shorted tells of that.
            bool isBeside = IsBesideShort(_layout.Probes[k].Cell, cells);
            Hold(ref _probeS[k], size > _options.ProbeDeviationScale && temperatures.CommonSurprise < 2 && isMixed && !isBeside, passedS);
            _wasSuspect[k] |= _probeS[k] >= _options.HoldS;
            state.Findings.Set(FindingKind.ProbeSensor, k, _probeS[k] >= _options.HoldS, size, _options.ProbeDeviationScale, reading.TimeS);
        }

        Current(reading, state, passedS);
        Cooling(reading, temperatures, state, passedS);
    }

    /// <summary>What does not wait for the start to be found: a cell that has dropped, and a core that its short has made too hot.</summary>
    void Surely(int i, PackCells cells, PackTemperatures temperatures, PackState state)
    {
        bool isDropped = cells.IsDropped(i), isHot = temperatures.IsBurning(i) && state.CoreDegC[i] - state.CoreDegCDeviation[i] > _hottestDegC;
        if (isDropped || _isDropped[i]) state.Findings.Set(FindingKind.CellDrop, i, isDropped, Math.Max(CellHolds.HardV, -cells.LowV(i)), CellHolds.HardV, state.TimeS);
        if (isHot || _isHot[i]) state.Findings.Set(FindingKind.CoreTemperature, i, isHot, state.CoreDegC[i], _hottestDegC, state.TimeS);
        (_isDropped[i], _isHot[i]) = (isDropped, isHot);
    }

    /// <summary>Most cells have nothing to say: what is clear without a root is decided without one.</summary>
    void Cell(int i, PackCells cells, PackState state, double passedS)
    {
        var d = cells.Differences;
        var verdict = cells.Holds.Verdicts[i];
        if (verdict == CellVerdict.Short && _told[i] != verdict) _leakS[i] = _options.LeakHoldS;
        if (verdict == CellVerdict.LostCell || _told[i] == CellVerdict.LostCell)
            state.Findings.Set(FindingKind.LostParallelCell, i, verdict == CellVerdict.LostCell, 1 + cells.Resistance(i), 1 + _options.ResistanceFraction, state.TimeS);
        _told[i] = verdict;
        double leakCRate = d.LeakPerS(i) * Units.SecondsPerHour;
        if (leakCRate > _options.LeastLeakCRate || _leakS[i] > 0)
        {
            double threshold = Math.Max(_options.LeastLeakCRate, _options.LeakDeviationScale * d.LeakPerSDeviation(i) * Units.SecondsPerHour);
            Hold(ref _leakS[i], leakCRate > threshold, passedS);
            state.Findings.Set(FindingKind.InternalLeak, i, _leakS[i] >= _options.LeakHoldS, leakCRate * _capacityAh, threshold * _capacityAh, state.TimeS);
        }

        // A cell that is shorted leaves what the filters expect of it in every way: it is told once, as what it is.
        if (verdict == CellVerdict.Short || cells.IsDropped(i))
        {
            (_resistanceS[i], _tapS[i]) = (0, 0);
            state.Findings.Set(FindingKind.ContactResistance, i, false, 0, 1, state.TimeS);
            state.Findings.Set(FindingKind.CellSensor, i, false, 0, 1, state.TimeS);
            return;
        }

        double r = cells.ShowsResistance ? cells.Resistance(i) : 0, rDeviation = d.ResistanceDeviation(i);
        if (rDeviation < 0.05) Usual(i, r, Math.Abs(cells.Mean.Filter.DropV) > LoadedV ? passedS : 0, passedS);
        double growth = double.IsNaN(_usualR[i]) ? 0 : (r - _usualR[i]) / (1 + _usualR[i]);
        if ((growth > _options.ResistanceFraction && verdict != CellVerdict.LostCell) || _resistanceS[i] > 0)
        {
            double grown = Math.Max(_options.ResistanceFraction, _options.ResistanceDeviationScale * rDeviation);
            Hold(ref _resistanceS[i], growth > grown && verdict != CellVerdict.LostCell && IsStraight, passedS);
            state.Findings.Set(FindingKind.ContactResistance, i, _resistanceS[i] >= _options.HoldS, 1 + growth, 1 + grown, state.TimeS);
        }

        double surprise = d.Surprise(i), threshold2 = _options.TapDeviationScale * _options.TapDeviationScale;
        if (surprise <= threshold2 && r >= StuckFraction && _tapS[i] == 0 && verdict != CellVerdict.Tap) return;
        if (double.IsNaN(_common)) _common = d.CommonSurprise();
        threshold2 *= _common;
        bool isTap = verdict == CellVerdict.Tap, isOff = (surprise > threshold2 && IsStraight) || r < StuckFraction || isTap;
        Hold(ref _tapS[i], isOff, passedS);
        if (isTap) (_tapS[i], surprise) = (Math.Max(_tapS[i], _options.TapHoldS), Math.Max(surprise, cells.Holds.OffV(i) * cells.Holds.OffV(i) / d.Variance(i)));
        // A voltage that does not move is a tap that is off by all of the movement it lacks, on the same scale.
        double scale = Math.Sqrt(threshold2), size = Math.Max(Math.Sqrt(surprise), scale * Math.Max(0, r / StuckFraction));
        state.Findings.Set(FindingKind.CellSensor, i, _tapS[i] >= _options.TapHoldS, size, scale, state.TimeS);
    }

    /// <summary>True where the cell that a probe sits on, or one beside it, is shorted or may be.</summary>
    bool IsBesideShort(int cell, PackCells cells)
    {
        for (int i = Math.Max(0, cell - 1); i <= Math.Min(_layout.SeriesCount - 1, cell + 1); i++)
            if (cells.Holds.Verdicts[i] == CellVerdict.Short || cells.IsDropped(i)) return true;
        return false;
    }

    /// <summary>Where the OCV bends, a percent of charge that is not known of a cell is tens of millivolts: no tap and no joint is judged by them.</summary>
    bool IsStraight => _unbentS >= ForgottenS;

    /// <summary>A resistance is usual once it was seen under load for as long as the slow pairs need; what the first seconds show is their fast part alone.</summary>
    void Usual(int i, double r, double loadedS, double passedS)
    {
        if (!double.IsNaN(_usualR[i])) _usualR[i] += (r - _usualR[i]) * Math.Min(1, passedS / _options.UsualS);
        else if ((_loadedS[i] += loadedS) >= _options.UsualLearnS) _usualR[i] = r;
    }

    /// <summary>False for a while after coolant that stood for long has begun to flow: the first cells it meets leave what their neighbours do.</summary>
    bool IsMixed(PackReading reading, double passedS)
    {
        if (_layout.Cooling.Kind == CoolingKind.Air || reading.Quality(PackSignal.CoolantFlowLPerMin) != SignalQuality.Good) return true;
        bool flows = reading[PackSignal.CoolantFlowLPerMin] >= FlowsFraction * _layout.Cooling.MaxFlowLPerMin;
        if (flows && _stoodS > StoodS) _flowsS = 0;
        (_stoodS, _flowsS) = (flows ? 0 : _stoodS + passedS, _flowsS + passedS);
        return _flowsS > MixedS;
    }

    void Current(PackReading reading, PackState state, double passedS)
    {
        bool both = reading.Quality(PackSignal.CurrentA) == SignalQuality.Good && reading.Quality(PackSignal.RedundantCurrentA) == SignalQuality.Good;
        double a = reading[PackSignal.CurrentA], difference = both ? Math.Abs(a - reading[PackSignal.RedundantCurrentA]) : 0;
        double threshold = _options.CurrentCRate * _capacityAh + (both ? _options.CurrentFraction * Math.Abs(a) : 0);
        Hold(ref _currentS, difference > threshold, passedS);
        state.Findings.Set(FindingKind.CurrentSensor, -1, _currentS >= _options.HoldS, difference, threshold, reading.TimeS);
    }

    /// <summary>Cases are held against the coolant that enters and against each other, for the heat that leaves them.</summary>
    void Cooling(PackReading reading, PackTemperatures temperatures, PackState state, double passedS)
    {
        _chiller.Update(reading, ChillerFraction, temperatures.MeanCaseDegC, temperatures.MadeW * _layout.SeriesCount, passedS);
        state.Findings.Set(FindingKind.ChillerLoss, -1, _chiller.IsLost, _chiller.IdleS / 60, _options.ChillerHoldS / 60, reading.TimeS);
        if (_layout.Cooling.Kind == CoolingKind.Air) return;
        for (int k = 0; k < _layout.Probes.Count; k++) _isBelieved[k] = IsBelieved(k, reading, temperatures);
        _cooling.Update(reading, temperatures.MadeW, _isBelieved, passedS);
        Hold(ref _coolingS[^1], _cooling.CommonK > _cooling.CommonThresholdK, passedS);
        state.Findings.Set(FindingKind.CoolingLoss, -1, _coolingS[^1] >= _options.CoolingHoldS, _cooling.CommonK, _cooling.CommonThresholdK, reading.TimeS);
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            if (!_isBelieved[k]) continue;
            Hold(ref _coolingS[k], _cooling.OwnK[k] > _cooling.OwnThresholdK[k], passedS);
            state.Findings.Set(FindingKind.CoolingLoss, _layout.Probes[k].Cell, _coolingS[k] >= _options.CoolingHoldS, _cooling.OwnK[k], _cooling.OwnThresholdK[k], reading.TimeS);
        }
    }

    /// <summary>A probe on a case that does not contradict itself and never did: once its offset is another, what was usual of it is not.</summary>
    bool IsBelieved(int probe, PackReading reading, PackTemperatures temperatures) =>
        _layout.Probes[probe].Place == ProbePlace.Case && reading.ProbeQualities[probe] == SignalQuality.Good && _probeS[probe] == 0 && !_wasSuspect[probe] && temperatures.ProbeSurprise(probe) < 4
        && temperatures.Filter(_layout.Probes[probe].Cell) is { IsRunning: true };

    /// <summary>Grows while it is so, shrinks as fast while it is not: a finding does not flicker.</summary>
    void Hold(ref double heldS, bool isSo, double passedS) => heldS = isSo ? Math.Min(heldS + passedS, 2 * _options.LeakHoldS) : Math.Max(0, heldS - 2 * passedS);
}
