using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Turns estimates into findings: each must be large, sure and last.</summary>
sealed class PackFindings
{
    readonly PackLayout _layout;
    readonly FindingOptions _options;
    readonly double _capacityAh;
    readonly double[] _usualR, _leakS, _resistanceS, _tapS, _probeS, _coolingS, _usualAbove;
    double _currentS, _usualS, _lastS = double.NaN;

    public PackFindings(PackLayout layout, CellType group, FindingOptions options)
    {
        (_layout, _options, _capacityAh) = (layout, options.Validated(), group.CapacityAh);
        int n = layout.SeriesCount;
        (_usualR, _leakS, _resistanceS, _tapS) = (new double[n], new double[n], new double[n], new double[n]);
        (_probeS, _coolingS, _usualAbove) = (new double[layout.Probes.Count], new double[n], new double[n]);
        Start();
    }

    public void Start()
    {
        (_currentS, _usualS, _lastS) = (0, 0, double.NaN);
        foreach (double[] held in (ReadOnlySpan<double[]>)[_leakS, _resistanceS, _tapS, _probeS, _coolingS]) Array.Clear(held);
        Array.Fill(_usualAbove, double.NaN);
        Array.Fill(_usualR, double.NaN);
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
        Hold(ref _tapS[i], size > _options.ResidualDeviationScale, passedS);
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

    /// <summary>Where cells give their heat to is held against the coolant: its own usual distance from it is what counts.</summary>
    void Cooling(PackReading reading, PackTemperatures temperatures, PackState state, double passedS)
    {
        if (_layout.Cooling.Kind == CoolingKind.Air) return;
        double inlet = Good(reading, PackSignal.CoolantInletDegC), outlet = Good(reading, PackSignal.CoolantOutletDegC), coolant = double.IsNaN(outlet) ? inlet : (inlet + outlet) / 2;
        if (double.IsNaN(coolant)) return;
        for (int i = 0; i < _layout.SeriesCount; i++)
        {
            if (temperatures.Filter(i) is not { IsRunning: true } filter) continue;
            double above = filter.SurroundingsDegC - coolant;
            double usual = double.IsNaN(_usualAbove[i]) ? above : _usualAbove[i];
            bool isWrong = above - usual > _options.CoolingK + 3 * filter.SurroundingsDegCDeviation && _usualS > 1800;
            if (!isWrong) _usualAbove[i] = usual + (above - usual) * Math.Min(1, passedS / Math.Min(_options.UsualS, Math.Max(passedS, _usualS)));
            Hold(ref _coolingS[i], isWrong, passedS);
            state.Findings.Set(FindingKind.CoolingLoss, i, _coolingS[i] >= _options.HoldS, above - usual, _options.CoolingK, reading.TimeS);
        }
    }

    static double Good(PackReading reading, PackSignal signal) => reading.Quality(signal) == SignalQuality.Good ? reading[signal] : double.NaN;

    /// <summary>Grows while it is so, shrinks as fast while it is not: a finding does not flicker.</summary>
    void Hold(ref double heldS, bool isSo, double passedS) => heldS = isSo ? Math.Min(heldS + passedS, 2 * _options.LeakHoldS) : Math.Max(0, heldS - 2 * passedS);
}
