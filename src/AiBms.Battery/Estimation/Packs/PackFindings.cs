using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Turns estimates into findings: each must be large, sure and last.</summary>
sealed class PackFindings
{
    /// <summary>Sums of a straight line's fit; heat is averaged over this; nothing is said of cooling before this much was seen, s.</summary>
    const int Fit = 6;
    const double HeatS = 600, LearnS = 2 * Units.SecondsPerHour, Unusual = 6;

    /// <summary>A cell whose voltage hardly moves with the current has no resistance: its tap is stuck. Relative difference of resistance.</summary>
    internal const double StuckFraction = -0.6;

    readonly PackLayout _layout;
    readonly FindingOptions _options;
    readonly double _capacityAh;
    readonly double[] _usualR, _leakS, _resistanceS, _tapS, _probeS, _coolingS, _usual;
    double _currentS, _usualS, _heatW, _lastS = double.NaN;

    public PackFindings(PackLayout layout, CellType group, FindingOptions options)
    {
        (_layout, _options, _capacityAh) = (layout, options.Validated(), group.CapacityAh);
        int n = layout.SeriesCount;
        (_usualR, _leakS, _resistanceS, _tapS) = (new double[n], new double[n], new double[n], new double[n]);
        (_probeS, _coolingS, _usual) = (new double[layout.Probes.Count], new double[layout.Probes.Count + 1], new double[Fit * (layout.Probes.Count + 1)]);
        Start();
    }

    public void Start()
    {
        (_currentS, _usualS, _heatW, _lastS) = (0, 0, 0, double.NaN);
        foreach (double[] held in (ReadOnlySpan<double[]>)[_leakS, _resistanceS, _tapS, _probeS, _coolingS]) Array.Clear(held);
        Array.Clear(_usual);
        Array.Fill(_usualR, double.NaN);
    }

    /// <summary>Keeps what was held so far, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        foreach (double[] values in (ReadOnlySpan<double[]>)[_usualR, _leakS, _resistanceS, _tapS, _probeS, _coolingS, _usual]) tape.Values(values);
        (_currentS, _usualS, _heatW, _lastS) = (tape.Value(_currentS), tape.Value(_usualS), tape.Value(_heatW), tape.TimeS(_lastS));
    }

    public void Update(PackReading reading, PackCells cells, PackTemperatures temperatures, PackState state)
    {
        double passedS = double.IsNaN(_lastS) ? 0 : Math.Clamp(reading.TimeS - _lastS, 0, Units.SecondsPerHour);
        _lastS = reading.TimeS;
        if (cells.Mean.IsSearching) return;
        _usualS += passedS;
        for (int i = 0; i < _layout.SeriesCount; i++) Cell(i, cells, state, passedS);
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            double size = Math.Sqrt(temperatures.ProbeSurprise(k));
            Hold(ref _probeS[k], size > _options.ResidualDeviationScale && temperatures.CommonSurprise < 2, passedS);
            state.Findings.Set(FindingKind.ProbeSensor, k, _probeS[k] >= _options.HoldS, size, _options.ResidualDeviationScale, reading.TimeS);
        }

        Current(reading, state, passedS);
        Cooling(reading, temperatures, state, passedS);
    }

    void Cell(int i, PackCells cells, PackState state, double passedS)
    {
        double leakCRate = cells.Differences.LeakPerS(i) * Units.SecondsPerHour, leakDeviation = cells.Differences.LeakPerSDeviation(i) * Units.SecondsPerHour;
        double threshold = Math.Max(_options.LeastLeakCRate, _options.LeakDeviationScale * leakDeviation);
        Hold(ref _leakS[i], leakCRate > threshold, passedS);
        state.Findings.Set(FindingKind.InternalLeak, i, _leakS[i] >= _options.LeakHoldS, leakCRate * _capacityAh, threshold * _capacityAh, state.TimeS);

        double r = cells.Differences.Resistance(i), rDeviation = cells.Differences.ResistanceDeviation(i);
        if (rDeviation < 0.05) _usualR[i] = double.IsNaN(_usualR[i]) ? r : _usualR[i] + (r - _usualR[i]) * Math.Min(1, passedS / _options.UsualS);
        double growth = double.IsNaN(_usualR[i]) ? 0 : (r - _usualR[i]) / (1 + _usualR[i]), grown = Math.Max(_options.ResistanceFraction, _options.ResistanceDeviationScale * rDeviation);
        Hold(ref _resistanceS[i], growth > grown, passedS);
        state.Findings.Set(FindingKind.ContactResistance, i, _resistanceS[i] >= _options.HoldS, 1 + growth, 1 + grown, state.TimeS);

        double size = Math.Sqrt(cells.Differences.Surprise(i));
        bool isDead = r < StuckFraction;
        Hold(ref _tapS[i], size > _options.ResidualDeviationScale || isDead, passedS);
        state.Findings.Set(FindingKind.CellSensor, i, _tapS[i] >= _options.HoldS, size, _options.ResidualDeviationScale, state.TimeS);
    }

    void Current(PackReading reading, PackState state, double passedS)
    {
        bool both = reading.Quality(PackSignal.CurrentA) == SignalQuality.Good && reading.Quality(PackSignal.RedundantCurrentA) == SignalQuality.Good;
        double a = reading[PackSignal.CurrentA], difference = both ? Math.Abs(a - reading[PackSignal.RedundantCurrentA]) : 0;
        double threshold = _options.CurrentCRate * _capacityAh + (both ? _options.CurrentFraction * Math.Abs(a) : 0);
        Hold(ref _currentS, difference > threshold, passedS);
        state.Findings.Set(FindingKind.CurrentSensor, -1, _currentS >= _options.HoldS, difference, threshold, reading.TimeS);
    }

    /// <summary>Where cells give their heat to is held against the coolant that enters, and against where the other cells give theirs to.</summary>
    void Cooling(PackReading reading, PackTemperatures temperatures, PackState state, double passedS)
    {
        if (_layout.Cooling.Kind == CoolingKind.Air) return;
        double inlet = Good(reading, PackSignal.CoolantInletDegC), sum = 0, count = 0;
        if (double.IsNaN(inlet)) return;
        _heatW += (temperatures.RecentW - _heatW) * Math.Min(1, passedS / HeatS);
        for (int k = 0; k < _layout.Probes.Count; k++)
            if (Believed(k, temperatures) is { } filter) (sum, count) = (sum + filter.SurroundingsDegC, count + 1);
        if (count == 0) return;
        double common = Above(_usual.AsSpan(^Fit), sum / count - inlet, passedS, _options.CoolingK);
        Hold(ref _coolingS[^1], common > _options.CoolingK, passedS);
        state.Findings.Set(FindingKind.CoolingLoss, -1, _coolingS[^1] >= _options.CoolingHoldS, common, _options.CoolingK, reading.TimeS);
        for (int k = 0; k < _layout.Probes.Count; k++)
        {
            if (Believed(k, temperatures) is not { } filter) continue;
            double own = Above(_usual.AsSpan(k * Fit, Fit), filter.SurroundingsDegC - sum / count, passedS, _options.LocalCoolingK);
            Hold(ref _coolingS[k], own > _options.LocalCoolingK, passedS);
            state.Findings.Set(FindingKind.CoolingLoss, _layout.Probes[k].Cell, _coolingS[k] >= _options.CoolingHoldS, own, _options.LocalCoolingK, reading.TimeS);
        }
    }

    /// <summary>The filter of a probe on a case that does not contradict itself.</summary>
    ThermalFilter? Believed(int probe, PackTemperatures temperatures) =>
        _layout.Probes[probe].Place == ProbePlace.Case && _probeS[probe] == 0 && temperatures.ProbeSurprise(probe) < 4 && temperatures.Filter(_layout.Probes[probe].Cell) is { IsRunning: true } filter ? filter : null;

    /// <summary>
    /// How far a difference is above its usual size: an offset, and so much for each watt of heat that the cells give off, fitted to
    /// what was seen so far with slow forgetting. What is wrong does not become usual.
    /// </summary>
    double Above(Span<double> sums, double now, double passedS, double threshold)
    {
        double determinant = sums[0] * sums[2] - sums[1] * sums[1] + 1e-9, perW = 0, offset = sums[0] > 0 ? sums[3] / sums[0] : now;
        if (determinant > 0.02 * sums[0] * sums[2] && sums[0] > 0)
            (perW, offset) = ((sums[0] * sums[4] - sums[1] * sums[3]) / determinant, (sums[2] * sums[3] - sums[1] * sums[4]) / determinant);
        double above = now - offset - perW * _heatW, usual = sums[0] > 0 ? Math.Sqrt(sums[5] / sums[0]) : 0;
        bool isLearning = _usualS < LearnS;
        if (above > threshold && above > Unusual * usual && !isLearning) return above;
        double keep = Math.Exp(-passedS / _options.UsualS);
        Span<double> added = [1, _heatW, _heatW * _heatW, now, now * _heatW, Math.Min(above * above, threshold * threshold)];
        for (int k = 0; k < Fit; k++) sums[k] = keep * sums[k] + passedS * added[k];
        return isLearning ? 0 : Math.Min(above, threshold);
    }

    static double Good(PackReading reading, PackSignal signal) => reading.Quality(signal) == SignalQuality.Good ? reading[signal] : double.NaN;

    /// <summary>Grows while it is so, shrinks as fast while it is not: a finding does not flicker.</summary>
    void Hold(ref double heldS, bool isSo, double passedS) => heldS = isSo ? Math.Min(heldS + passedS, 2 * _options.LeakHoldS) : Math.Max(0, heldS - 2 * passedS);
}
