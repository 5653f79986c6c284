using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Numerics;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Capacity of every cell from charge counted between rests, at whose ends the OCV says the SOC whatever the capacity is.</summary>
/// <remarks>
/// Rest anchors by OCV inversion, with what the slow pairs still hold taken off; errors of anchors and of counting in the fit. A rest that ends
/// too early is carried on to its end by those pairs, with an error that is larger the shorter it was.
/// </remarks>
sealed class PackHealth
{
    const int Halvings = 30;
    const double RestCRate = 0.02, LongestWindowS = 30 * 86400;

    readonly CellType _group;
    readonly Circuit<double> _circuit;
    readonly HealthOptions _options;
    readonly int _count;
    readonly RestAnchor _start, _now;
    readonly double[][] _x, _xSd;
    readonly double[] _y = new double[HealthState.Remembered], _ySd = new double[HealthState.Remembered];
    readonly double[] _cellX = new double[HealthState.Remembered], _cellXSd = new double[HealthState.Remembered], _cellY = new double[HealthState.Remembered], _ySdUsed = new double[HealthState.Remembered];
    double _restS, _chargeAh, _unseenSoc2;
    int _windows;
    bool _currentMissed, _restTaken, _restEnded;

    public PackHealth(PackLayout layout, CellType group, HealthOptions options)
    {
        (_group, _options, _count, _circuit) = (group, options.Validated(), layout.SeriesCount, TheveninModel.Of<double>(group));
        (_start, _now) = (new(_count), new(_count));
        _x = [.. Enumerable.Range(0, HealthState.Remembered).Select(_ => new double[_count])];
        _xSd = [.. Enumerable.Range(0, HealthState.Remembered).Select(_ => new double[_count])];
    }

    public void Start()
    {
        (_restS, _chargeAh, _unseenSoc2, _windows, _currentMissed, _restTaken, _restEnded) = (0, 0, 0, 0, false, false, false);
        _start.TimeS = _now.TimeS = double.NaN;
    }

    /// <summary>Keeps all that is known, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        (_restS, _chargeAh, _unseenSoc2) = (tape.Value(_restS), tape.Value(_chargeAh), tape.Value(_unseenSoc2));
        (_windows, _currentMissed, _restTaken, _restEnded) = (tape.Count(_windows, int.MaxValue), tape.Flag(_currentMissed), tape.Flag(_restTaken), tape.Flag(_restEnded));
        _start.Keep(tape);
        _now.Keep(tape);
        for (int k = 0; k < Math.Min(_windows, HealthState.Remembered); k++)
        {
            tape.Values(_x[k]);
            tape.Values(_xSd[k]);
            (_y[k], _ySd[k]) = (tape.Value(_y[k]), tape.Value(_ySd[k]));
        }
    }

    /// <summary>Forgets cells that were swapped.</summary>
    public void Forget(PackState state, int firstCell, int cellCount)
    {
        for (int k = 0; k < HealthState.Remembered; k++) Array.Fill(_x[k], double.NaN, firstCell, cellCount);
        foreach (var anchor in (ReadOnlySpan<RestAnchor>)[_start, _now]) Array.Fill(anchor.Soc, double.NaN, firstCell, cellCount);
        Array.Fill(state.Health.Soh, double.NaN, firstCell, cellCount);
        Array.Fill(state.Health.SohDeviation, double.NaN, firstCell, cellCount);
        Count(state);
    }

    /// <summary>Lets the open window go: its charge was counted by another sensor.</summary>
    public void Reopen()
    {
        (_chargeAh, _currentMissed, _unseenSoc2, _restTaken, _restEnded) = (0, false, 0, false, false);
        _start.TimeS = _now.TimeS = double.NaN;
    }

    /// <summary>Counts a sample, after the cells have taken it in.</summary>
    public void Watch(double measuredA, PackCells cells)
    {
        double stepS = cells.Mean.StepS;
        if (!(stepS > 0)) return;
        if (cells.IsWakeUp)
        {
            // A sleeping pack rests, unless it wakes up elsewhere.
            if (cells.WokeElsewhere) (_restS, _restTaken, _currentMissed, _now.TimeS) = (0, false, true, double.NaN);
            else (_restS, _unseenSoc2) = (_restS + stepS, _unseenSoc2 + Squared(cells.SleptSoc) + Squared(cells.SleptSocDeviation));
            return;
        }

        if (double.IsNaN(measuredA))
        {
            (_restS, _currentMissed, _now.TimeS) = (0, true, double.NaN);
            return;
        }

        double chargeAh = Units.ToAmpereHours(measuredA * stepS);
        _chargeAh += chargeAh * _circuit.Efficiency(measuredA);
        if (Math.Abs(measuredA) < RestCRate * _group.CapacityAh)
        {
            _restS += stepS;
            return;
        }

        _restEnded |= _now.IsThere && !_restTaken;
        (_restS, _restTaken) = (0, false);
    }

    /// <summary>Looks whether a rest has become long enough, or has ended before.</summary>
    public void Update(PackReading reading, PackCells cells, PackState state)
    {
        state.Health.ResistanceRatio = cells.ShowsResistance && _options.IsNewResistanceKnown ? 1 + cells.Mean.ResistanceExcessFraction : double.NaN;
        state.Health.ResistanceRatioDeviation = cells.Mean.Filter.ResistanceExcessFractionDeviation;
        if (reading.Quality(PackSignal.VendorSohFraction) == SignalQuality.Good) state.Health.VendorSoh = reading[PackSignal.VendorSohFraction];
        if (_restEnded)
        {
            Use(cells, state);
            (_restEnded, _now.TimeS) = (false, double.NaN);
        }

        // Looked at when it has lasted twice as long again, so that a rest costs a few looks.
        double dueS = _now.IsThere ? Math.Min(2 * _now.RestS, _options.RestS) : _options.LeastRestS;
        if (_restS < dueS || _restTaken || double.IsNaN(cells.MeanV)) return;
        Look(reading, cells, state);
        if (_restS < _options.RestS) return;
        _restTaken = true;
        Use(cells, state);
        _now.TimeS = double.NaN;
    }

    /// <summary>Reads SOCs off the voltages of a rest.</summary>
    void Look(PackReading reading, PackCells cells, PackState state)
    {
        double leftV = cells.Mean.Filter.DropV, branch = cells.Mean.Filter.HysteresisBranch, temperatureDegC = state.HotSpot.Validity == SocValidity.Valid ? state.HotSpot.TemperatureDegC : 25;
        // What the pairs do not hold is diffusion, which fades with the root of time (Cottrell): 5 mV at 30 min are 12 mV at 5 min.
        double unsettledV = _options.RestErrorV * Math.Sqrt(Math.Max(1, _options.RestS / _restS));
        (_now.TimeS, _now.RestS, _now.ChargeAh, _now.UnseenSoc2) = (reading.TimeS, _restS, _chargeAh, _unseenSoc2);
        for (int i = 0; i < _count; i++)
        {
            _now.Soc[i] = double.NaN;
            if (!cells.IsTrusted(i)) continue;
            double v = reading.CellVoltageV[i] - leftV, low = -0.02, high = 1.02;
            for (int n = 0; n < Halvings; n++)
            {
                double middle = (low + high) / 2, restV = _circuit.Ocv(middle, temperatureDegC) + _circuit.Hysteresis(Math.Clamp(middle, 0, 1)) * branch;
                if (restV < v) low = middle;
                else high = middle;
            }

            double soc = (low + high) / 2, slope = (_circuit.Ocv(soc + 0.01, temperatureDegC) - _circuit.Ocv(soc - 0.01, temperatureDegC)) / 0.02;
            double errorV = Math.Sqrt(unsettledV * unsettledV + Squared(_circuit.Hysteresis(Math.Clamp(soc, 0, 1)) / 2) + Squared(leftV * 0.2));
            (_now.Soc[i], _now.SocDeviation[i]) = (soc, errorV / Math.Max(slope, 1e-3));
        }
    }

    /// <summary>Ends the window at the last look, where that says enough.</summary>
    void Use(PackCells cells, PackState state)
    {
        bool isShort = _now.RestS < _options.RestS;
        if (_start.IsThere)
        {
            var window = Judge();
            bool isTaken = window.Reason == CapacityReason.None;

            // Any stop is a short rest: one that says nothing is no rejected window, and the window goes on.
            if (isShort && !isTaken) return;
            state.Health.Add(window);
            if (isTaken)
            {
                Take(window);
                Fit(state, cells);
            }
            else
            {
                if (state.Health.TakenCount == 0) state.Health.Reason = window.Reason;

                // A small swing is kept open: the next rest may be far enough away. Anything else begins anew.
                if (window.Reason == CapacityReason.SmallSwing) return;
            }
        }

        _start.CopyFrom(_now);
        (_chargeAh, _currentMissed, _unseenSoc2) = (_chargeAh - _now.ChargeAh, false, Math.Max(0, _unseenSoc2 - _now.UnseenSoc2));
    }

    CapacityWindow Judge()
    {
        double change = 0, worst = 0, count = 0;
        for (int i = 0; i < _count; i++)
        {
            if (double.IsNaN(_start.Soc[i]) || double.IsNaN(_now.Soc[i])) continue;
            (change, count) = (change + _now.Soc[i] - _start.Soc[i], count + 1);
            worst += Math.Max(_start.SocDeviation[i], _now.SocDeviation[i]);
        }

        (change, worst) = (change / Math.Max(1, count), worst / Math.Max(1, count));
        double ratio = _now.ChargeAh / (change * _group.CapacityAh), unseen = Math.Sqrt(_now.UnseenSoc2);
        var reason = _currentMissed ? CapacityReason.CurrentMissing
            : count == 0 || worst > _options.MostRestSoc ? CapacityReason.FlatOcv
            : _now.TimeS - _start.TimeS > LongestWindowS ? CapacityReason.LongWindow
            : Math.Abs(change) < _options.LeastChangeSoc ? CapacityReason.SmallSwing
            : unseen > _options.MostUnseenFraction * Math.Abs(change) ? CapacityReason.CurrentMissing
            : !(ratio > _options.LeastSoh && ratio < _options.MostSoh) ? CapacityReason.NotPossible : CapacityReason.None;
        return new(_start.TimeS, _now.TimeS, change, _now.ChargeAh, Math.Min(_start.RestS, _now.RestS), reason);
    }

    void Take(CapacityWindow window)
    {
        int slot = _windows++ % HealthState.Remembered;
        for (int i = 0; i < _count; i++)
        {
            _x[slot][i] = _now.Soc[i] - _start.Soc[i];
            _xSd[slot][i] = Math.Sqrt(Squared(_start.SocDeviation[i]) + Squared(_now.SocDeviation[i]));
        }

        double hours = (window.EndS - window.StartS) / Units.SecondsPerHour;
        (_y[slot], _ySd[slot]) = (window.ChargeAh, Math.Sqrt(Squared(_options.OffsetCRate * _group.CapacityAh * hours) + Squared(_options.GainFraction * window.ChargeAh) + _now.UnseenSoc2 * Squared(_group.CapacityAh)));
    }

    void Fit(PackState state, PackCells cells)
    {
        double sum = 0, count = 0;
        for (int i = 0; i < _count; i++)
        {
            int used = 0;
            for (int k = 0; k < Math.Min(_windows, HealthState.Remembered); k++)
            {
                if (double.IsNaN(_x[k][i])) continue;
                (_cellX[used], _cellXSd[used], _cellY[used], _ySdUsed[used]) = (_x[k][i], _xSd[k][i], _y[k], _ySd[k]);
                used++;
            }

            (double capacityAh, double deviationAh) = TotalLeastSquares.Fit(_cellX.AsSpan(0, used), _cellY.AsSpan(0, used), _cellXSd.AsSpan(0, used), _ySdUsed.AsSpan(0, used));
            (state.Health.Soh[i], state.Health.SohDeviation[i]) = (capacityAh / _group.CapacityAh, deviationAh / _group.CapacityAh);
            if (double.IsFinite(capacityAh)) (sum, count) = (sum + capacityAh, count + 1);
        }

        state.Health.Reason = CapacityReason.None;
        if (count > 0) cells.MeanCapacityAh = sum / count;
        Count(state);
    }

    void Count(PackState state)
    {
        int unknown = 0;
        foreach (double soh in state.Health.Soh) if (double.IsNaN(soh)) unknown++;
        state.Health.UnknownFraction = (double)unknown / _count;
        if (unknown == _count && state.Health.Reason == CapacityReason.None) state.Health.Reason = CapacityReason.NoRest;
    }

    static double Squared(double value) => value * value;
}
