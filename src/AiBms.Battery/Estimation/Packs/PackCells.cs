using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>State of charge of every cell: the full filter on the mean cell, small filters on the differences, the current's offset shared.</summary>
sealed partial class PackCells
{
    /// <summary>A voltage this far from what is expected does not take part in the mean, V.</summary>
    const double OutlierV = 0.15;

    /// <summary>Charge that may have flowed unseen in a gap, as the mean filter takes it, SOC.</summary>
    const double UnseenSoc = 0.25;

    /// <summary>Least resistance over the type's that a cell can have.</summary>
    const double LeastResistanceRatio = 0.2;

    /// <summary>After the search for the start the differences are looked at anew with this deviation, SOC.</summary>
    const double AfterSearchSoc = 0.02;

    /// <summary>A rest is settled after this many time constants of the slowest pair, and not before this: cells have slower ones than circuits, s.</summary>
    const double SettledTimes = 5, LeastSettleS = 5400, RestCRate = 0.01, SurelyMoved = 3;

    /// <summary>Bleeding taps are looked at in between: longer than this without a voltage is not bleeding, s.</summary>
    const double BlindS = 10;

    /// <summary>A charge of which nothing is known is known to this, SOC.</summary>
    const double MostSocDeviation = 0.3;

    readonly CellType _group;
    readonly OcvTable _ocv;
    readonly double _lowestV, _highestV, _bleedOhm;
    readonly double[] _residualV, _slopeV, _dropV, _trust, _ocvDifferenceV, _voltageV, _near, _missingS, _asMeanV, _usualOffV, _heldOffV, _lowS, _leaksSinceS, _shortV;
    double[] _rawV = [];
    readonly double[][] _slow = new double[7][];
    readonly bool[] _seen;
    readonly LossWatch _losses;
    bool _hasJoint, _anyUnseen, _anyLow, _allTrusted, _allSeen;
    bool _wasSearching = true, _hasFound, _first = true;
    readonly double _settleS;
    double _meanV, _lastA, _restS, _steadyS, _closeS, _timeS, _passedS, _usualDropV, _changeSoc, _seenS = double.NegativeInfinity;
    SocEstimate _estimate;

    public PackCells(PackLayout layout, CellType group, PackEstimatorOptions options)
    {
        (_group, MeanCapacityAh) = (group, group.CapacityAh);
        Mean = new(group, options.Mean);
        Differences = new(layout.SeriesCount, options.Differences);
        _ocv = new(TheveninModel.Of<double>(group));
        double[] ocv = group.Circuit!.OcvV;
        (_lowestV, _highestV) = (Math.Min(ocv[0], group.Ratings?.MinVoltageV ?? ocv[0]) - 1.5, Math.Max(ocv[^1], group.Ratings?.MaxVoltageV ?? ocv[^1]) + 0.6);
        _settleS = Math.Max(LeastSettleS, SettledTimes * group.Circuit!.Pairs.Max(pair => pair.TimeConstantS.Max()));
        _bleedOhm = layout.Balancing.ResistorOhm;
        int n = Differences.PaddedCount;
        (_residualV, _slopeV, _dropV, _trust) = (new double[n], new double[n], new double[n], new double[n]);
        (_ocvDifferenceV, TemperatureFactor) = (new double[n], new double[n]);
        (_voltageV, _near, _asMeanV, _usualOffV) = (new double[n], new double[n], new double[n], new double[n]);
        (JointOhm, JointFraction, _heldOffV) = (new double[n], new double[n], new double[n]);
        Holds = new(layout, group.CapacityAh);
        Sum = new(layout);
        (_lowS, _leaksSinceS, _shortV) = (new double[layout.SeriesCount], new double[layout.SeriesCount], new double[layout.SeriesCount]);
        _losses = new(n);
        for (int k = 0; k < _slow.Length; k++) _slow[k] = new double[n];
        (_missingS, _seen) = (new double[layout.SeriesCount], new bool[layout.SeriesCount]);
        Array.Fill(TemperatureFactor, 1);
    }

    /// <summary>The filter on the mean cell.</summary>
    public EkfEstimator<double> Mean { get; }

    /// <summary>The filters on the differences.</summary>
    public DifferenceFilters Differences { get; }

    /// <summary>Cells whose voltage left what is expected of them.</summary>
    public CellHolds Holds { get; }

    /// <summary>What each cell's own temperature does to its resistance, over that of the mean cell.</summary>
    public double[] TemperatureFactor { get; }

    /// <summary>False where the mean cell's voltage hardly follows the current: taps and current were read at different times, and no cell's resistance can be told from them.</summary>
    public bool ShowsResistance => 1 + Mean.ResistanceExcessFraction > LeastResistanceRatio;

    /// <summary>Current that flowed during the last step, offset taken off, A.</summary>
    public double FlownA => Mean.FlownA;

    /// <summary>Voltage of the mean cell, V; NaN where unknown.</summary>
    public double MeanV => _first ? double.NaN : _meanV;

    /// <summary>Capacity of the mean cell, Ah: as the type's until it was measured.</summary>
    public double MeanCapacityAh { get; set; }

    /// <summary>True where a cell's tap was believed at the last reading.</summary>
    public bool IsTrusted(int cell) => _trust[cell] > 0;

    /// <summary>OCV of a cell at 25 °C, V.</summary>
    public double OcvOf(int cell) => _ocv.OcvV(Mean.Filter.Soc + Differences.Soc(cell));

    /// <summary>True at the first reading after a gap.</summary>
    public bool IsWakeUp { get; private set; }

    /// <summary>What the mean cell's SOC has changed by over the last gap, as its voltage says.</summary>
    public double SleptSoc { get; private set; }

    /// <summary>Its standard deviation.</summary>
    public double SleptSocDeviation { get; private set; }

    /// <summary>True where the pack did not sleep over the gap that has just ended: charge flowed that nobody counted.</summary>
    public bool WokeElsewhere => IsWakeUp && Math.Abs(SleptSoc) > SurelyMoved * SleptSocDeviation;

    /// <summary>Starts anew.</summary>
    public void Start(SocStart start)
    {
        Mean.Start(start);
        Begin(0, Differences.Count);
        for (int i = Differences.Count; i < Differences.PaddedCount; i++) Differences.Begin(i, 0);
        (_steadyS, _closeS, _timeS, BrokenCell) = (0, 0, double.NaN, -1);
        Sum.Start();
        Array.Clear(_lowS);
        _losses.Start();
        (_first, _wasSearching, _hasFound, _restS, _seenS, _allSeen) = (true, true, false, 0, double.NegativeInfinity, false);
        Array.Clear(_seen);
        Array.Clear(_missingS);
        Array.Clear(_ocvDifferenceV);
    }

    /// <summary>Keeps all that is known, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        Mean.Keep(tape);
        Differences.Keep(tape);
        int n = Differences.Count;
        tape.Values(_ocvDifferenceV.AsSpan(0, n));
        tape.Values(TemperatureFactor.AsSpan(0, n));
        tape.Values(_missingS);
        tape.Flags(_seen);
        Holds.Keep(tape);
        tape.Values(JointOhm.AsSpan(0, n));
        tape.Values(JointFraction.AsSpan(0, n));
        _hasJoint = JointOhm.AsSpan().ContainsAnyExcept(0);
        (MeanCapacityAh, _meanV, _lastA, _restS) = (tape.Value(MeanCapacityAh), tape.Value(_meanV), tape.Value(_lastA), tape.Value(_restS));
        if (!tape.IsReading) return;
        (_first, _wasSearching, _hasFound, _allSeen) = (false, false, true, false);
    }

    /// <summary>Forgets what was learnt of some cells.</summary>
    public void Begin(int firstCell, int cellCount)
    {
        for (int i = firstCell; i < firstCell + cellCount; i++) Differences.Begin(i, 0);
        Holds.Begin(firstCell, cellCount);
        for (int i = firstCell; i < firstCell + cellCount; i++) _losses.Distrust(i, false);
        Array.Clear(JointOhm, firstCell, cellCount);
        Array.Clear(JointFraction, firstCell, cellCount);
    }

    /// <summary>Takes in a reading.</summary>
    /// <param name="reading">The pack.</param>
    /// <param name="currentA">The current that is believed, A; NaN where none is.</param>
    /// <param name="meanCaseDegC">Mean temperature of the cases, °C; NaN where unknown.</param>
    public void Update(PackReading reading, double currentA, double meanCaseDegC)
    {
        Sum.Look(reading);
        double meanV = MeanVoltage(reading, currentA), beforeSoc = Mean.Filter.Soc, beforeSd = Mean.Filter.SocDeviation;
        var estimate = Mean.Step(new(reading.TimeS, currentA, meanV, meanCaseDegC));
        // While all taps bleed nobody can look at them: for a moment that is no suspicion.
        if (!double.IsNaN(meanV)) _seenS = reading.TimeS;
        else if (Math.Abs(reading.TimeS - _seenS) < BlindS && Array.IndexOf(reading.CellQualities, SignalQuality.Bleeding) >= 0) estimate = estimate with { Validity = _estimate.Validity, ResidualV = _estimate.ResidualV };
        _estimate = estimate;
        double change = Mean.FlownA * Mean.StepS / (Units.SecondsPerHour * _group.CapacityAh);
        double dropV = Mean.Filter.DropV;
        Differences.Predict(change, Mean.StepS, dropV);
        if (Holds.HeldCount > 0) Judge(currentA, change, dropV);
        IsWakeUp = Mean.IsGap && Mean.StepS > 0;
        if (IsWakeUp) (SleptSoc, SleptSocDeviation) = (Mean.Filter.Soc - beforeSoc, Math.Sqrt(Squared(beforeSd) + Squared(Mean.Filter.SocDeviation)));

        // Rest is what rests now as well: after a gap the first current seen may be that of a car that has been driven for long.
        bool isRest = Math.Abs(Mean.FlownA) < RestCRate * _group.CapacityAh && Math.Abs(currentA) < RestCRate * _group.CapacityAh && !WokeElsewhere;
        _restS = isRest ? _restS + Mean.StepS : 0;
        MoveUnseen(reading);
        // Charge that flowed unseen was the same for all cells in series: their differences stay, and wait until the mean is found anew.
        bool isFoundAnew = _hasFound && Mean.IsSearching;
        _hasFound |= !Mean.IsSearching;
        if (!isFoundAnew && Mean.IsSearching != _wasSearching)
        {
            _wasSearching = Mean.IsSearching;
            for (int i = 0; i < Differences.Count; i++) Differences.Move(i, 0, AfterSearchSoc);
        }

        if (!double.IsNaN(meanV))
        {
            double common = Expect(dropV);
            if (isFoundAnew) Differences.Spread();
            else Differences.Correct(_residualV, common, _slopeV, _dropV, _trust, _near, _restS > _settleS);
            (_meanV, _lastA, _first) = (meanV, double.IsFinite(currentA) ? currentA : _lastA, false);
        }
        else
        {
            Differences.Spread();
        }

        Sum.Learn(reading, Holds.HeldCount > 0 || !_allTrusted);
        Watch(!double.IsNaN(meanV), change, dropV);
    }

    /// <summary>Fills in the SOC of the cells.</summary>
    public void Report(PackState state)
    {
        state.MeanSoc = new(_estimate.Soc, _estimate.SocDeviation, _estimate.Validity);
        (state.CurrentOffsetA, state.ResidualV) = (_estimate.CurrentOffsetA, _estimate.ResidualV);
        bool isKnown = _estimate.Validity != SocValidity.Unknown;
        double soc = Mean.Filter.Soc;
        Differences.SocDeviations(_estimate.SocDeviation, _dropV);
        _dropV.AsSpan(0, Differences.Count).CopyTo(state.CellSocDeviation);
        Span<Vector<double>> difference = Vectors(Differences.Socs), clamped = Vectors(_slopeV);
        Vector<double> mean = new(soc);
        for (int k = 0; k < clamped.Length; k++) clamped[k] = Vector.Min(Vector<double>.One, Vector.Max(Vector<double>.Zero, mean + difference[k]));
        _slopeV.AsSpan(0, Differences.Count).CopyTo(state.CellSoc);
        Array.Fill(state.CellValidity, _estimate.Validity);
        if (BrokenCell >= 0 && isKnown)
        {
            state.MeanSoc = state.MeanSoc with { Validity = SocValidity.ModelDoubtful };
            for (int i = BrokenCell; i < Differences.Count; i++) if (IsBroken(i)) (state.CellValidity[i], state.CellSocDeviation[i]) = (SocValidity.ModelDoubtful, Math.Min(state.CellSocDeviation[i], MostSocDeviation));
        }

        if (isKnown && !_anyUnseen) return;
        for (int i = 0; i < Differences.Count; i++)
        {
            if (isKnown && _seen[i] && _missingS[i] == 0) continue;
            bool isCounted = isKnown && _seen[i];
            state.CellValidity[i] = !isCounted ? SocValidity.Unknown : BrokenCell >= 0 && IsBroken(i) ? SocValidity.ModelDoubtful : SocValidity.SensorSuspect;
            if (!isCounted) (state.CellSoc[i], state.CellSocDeviation[i]) = (double.NaN, double.NaN);
        }
    }

    /// <summary>Fills in what changes slowly: resistance, capacity, leak, and what is not known of a cell's room up to full.</summary>
    public void ReportSlow(PackState state)
    {
        double excess = 1 + Mean.ResistanceExcessFraction, excessDeviation = Mean.Filter.ResistanceExcessFractionDeviation;
        Span<Vector<double>> ratio = Vectors(_slow[0]), ratioDeviation = Vectors(_slow[1]), capacity = Vectors(_slow[2]), capacityDeviation = Vectors(_slow[3]);
        Span<Vector<double>> leak = Vectors(_slow[4]), leakDeviation = Vectors(_slow[5]), room = Vectors(_slow[6]), soc = Vectors(Differences.Socs), resistance = Vectors(Differences.Resistances), joint = Vectors(JointFraction);
        ReadOnlySpan<Vector<double>> c = MemoryMarshal.Cast<double, Vector<double>>(Differences.InverseCapacities), l = MemoryMarshal.Cast<double, Vector<double>>(Differences.LeaksPerS);
        Vector<double> one = Vector<double>.One, scale = new(ShowsResistance ? excess : double.NaN), excess2 = new(Squared(excess)), spread2 = new(Squared(excessDeviation)), meanAh = new(MeanCapacityAh), mean = new(Mean.Filter.Soc), leakA = new(Units.SecondsPerHour * MeanCapacityAh);
        for (int k = 0; k < ratio.Length; k++)
        {
            var cell = Differences.Rows(k);
            Vector<double> own = one + resistance[k] + joint[k], inverse = one / (one + c[k]), ah = meanAh * inverse;
            ratio[k] = scale * own;
            ratioDeviation[k] = Vector.SquareRoot(excess2 * cell[DifferenceFilters.Rr] + spread2 * own * own);
            (capacity[k], capacityDeviation[k]) = (ah, ah * inverse * Vector.SquareRoot(cell[DifferenceFilters.Cc]));
            (leak[k], leakDeviation[k]) = (leakA * l[k], leakA * Vector.SquareRoot(cell[DifferenceFilters.Ll]));

            // Room is (1 − z)·Q_mean / (1 + c): by z it goes with −Q, by c with −Q·free / (1 + c).
            Vector<double> both = cell[DifferenceFilters.Zc], free = Vector.Min(one, Vector.Max(Vector<double>.Zero, one - mean - soc[k])) * inverse;
            room[k] = ah * Vector.SquareRoot(Vector.Max(Vector<double>.Zero, cell[DifferenceFilters.Zz] + free * (both + both + free * cell[DifferenceFilters.Cc])));
        }

        var imbalance = state.Imbalance;
        ReadOnlySpan<double[]> filled = [state.ResistanceRatio, state.ResistanceRatioDeviation, state.CapacityAh, state.CapacityAhDeviation, imbalance.LeakA, imbalance.LeakADeviation, imbalance.BleedAhDeviation];
        for (int n = 0; n < filled.Length; n++) _slow[n].AsSpan(0, Differences.Count).CopyTo(filled[n]);
    }

    /// <summary>Voltage of the mean cell: what was measured less what the known differences make of it; NaN where no cell was measured.</summary>
    double MeanVoltage(PackReading reading, double currentA)
    {
        double jumpV = double.IsFinite(currentA) && !_first ? Mean.Filter.SeriesResistanceOhm * (currentA - _lastA) : 0;
        double dropV = Mean.Filter.DropV + jumpV, reachV = _first ? double.PositiveInfinity : OutlierV + Math.Abs(jumpV);
        _rawV = reading.CellVoltageV;
        LookAtTaps(reading, currentA);
        Span<Vector<double>> v4 = Vectors(_voltageV), trust = Vectors(_trust), ocv = Vectors(_ocvDifferenceV), r = Vectors(Differences.Resistances), b = Vectors(Differences.ErrorsV), g = Vectors(TemperatureFactor), near4 = Vectors(_near), asMean4 = Vectors(_asMeanV);
        Vector<double> near = Vector<double>.Zero, nearSum = near, all = near, allSum = near, drop = new(dropV), reach = new(reachV), expected = new(_meanV + jumpV);
        Vector<double> lowest = new(_lowestV), highest = new(_highestV);
        for (int k = 0; k < v4.Length; k++)
        {
            var isPossible = Vector.GreaterThan(v4[k], lowest) & Vector.LessThan(v4[k], highest);
            v4[k] = Vector.ConditionalSelect(isPossible, v4[k], Vector<double>.Zero);
            trust[k] = Vector.ConditionalSelect(isPossible, Vector<double>.One, Vector<double>.Zero);
            var asMean = v4[k] - ocv[k] - drop * (g[k] * (Vector<double>.One + r[k]) - Vector<double>.One) - b[k];
            all += trust[k];
            allSum += trust[k] * asMean;
            var isNear = Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(asMean - expected), reach), trust[k], Vector<double>.Zero);
            asMean4[k] = asMean;
            near += isNear;
            nearSum += isNear * asMean;
            near4[k] = isNear;
        }

        // Where most cells are far off it was the expectation that was wrong.
        double count = Vector.Sum(all), nearCount = Vector.Sum(near);
        _allTrusted = count == Differences.Count;
        bool isExpected = nearCount > count / 2;
        if (!isExpected) _trust.CopyTo(_near, 0);
        double meanV = isExpected ? Vector.Sum(nearSum) / nearCount : count > 0 ? Vector.Sum(allSum) / count : double.NaN;
        bool canHold = isExpected && IsSteady(reading.TimeS);
        bool canHoldHard = isExpected && _closeS > CloseS;
        if (Holds.HeldCount > 0 || (canHoldHard && IsAnyBeyond(meanV))) meanV = Hold(meanV, isExpected ? nearCount : count, canHold, canHoldHard, dropV);
        Follow(meanV, dropV, _passedS);
        return meanV;
    }

    /// <summary>Copies the voltages; NaN where a tap is not to be believed. Nearly always all are good, and that is seen at a glance.</summary>
    void LookAtTaps(PackReading reading, double currentA)
    {
        int n = Differences.Count;
        reading.CellVoltageV.CopyTo(_voltageV, 0);
        _voltageV.AsSpan(n).Fill(double.NaN);
        if (_hasJoint && double.IsFinite(currentA)) for (int i = 0; i < n; i++) _voltageV[i] -= JointOhm[i] * currentA;
        if (!_anyLow && !MemoryMarshal.AsBytes(reading.BleedOn.AsSpan()).ContainsAnyExcept((byte)0) && !MemoryMarshal.AsBytes(reading.CellQualities.AsSpan()).ContainsAnyExcept((byte)SignalQuality.Good)) return;
        _anyLow = false;
        for (int i = 0; i < n; i++)
        {
            if (reading.CellQualities[i] == SignalQuality.Good && !reading.BleedOn[i])
            {
                _lowS[i] = 0;
                continue;
            }

            _voltageV[i] = Low(reading, i, _passedS);
            _anyLow |= _lowS[i] > 0;
        }
    }

    void MoveUnseen(PackReading reading)
    {
        double stepS = Mean.StepS;
        bool isGap = stepS > 0 && Mean.IsGap;
        _anyUnseen = false;
        if (_allTrusted && _allSeen && !isGap) return;
        double bledSoc = 0;
        for (int i = 0; i < Differences.Count; i++)
        {
            bool isSeen = _trust[i] > 0 || (Holds.IsHeld(i) && Holds.Verdicts[i] != CellVerdict.Tap);
            if (isSeen && !isGap)
            {
                (_seen[i], _missingS[i]) = (true, 0);
                continue;
            }

            bool isBleeding = reading.BleedOn[i];
            if (isBleeding && !isGap && _seen[i])
            {
                double bled = _meanV / _bleedOhm * stepS / (Units.SecondsPerHour * _group.CapacityAh);
                Differences.Move(i, -bled, 0);
                bledSoc += bled;
            }

            if (isGap) Differences.Move(i, 0, UnseenSoc * Differences.InverseCapacityDeviation(i));
            if (isSeen) (_seen[i], _missingS[i]) = (true, 0);
            else if (!isBleeding && reading.CellQualities[i] != SignalQuality.Bleeding) _missingS[i] += Math.Max(stepS, 1e-3);
            _anyUnseen |= !_seen[i] || _missingS[i] > 0;
        }

        // What the resistors took of all cells together the mean cell has lost too; differences have no mean.
        if (bledSoc > 0 && !Mean.IsSearching) Mean.Filter.PlaceSoc(Mean.Filter.Soc - bledSoc / Differences.Count);
        _allSeen = _allTrusted && !_anyUnseen;
    }

    /// <summary>Residuals of the taps; what they have in common comes back, V.</summary>
    double Expect(double dropV)
    {
        double soc = Mean.Filter.Soc;
        _ocv.Read(soc, Differences.Socs, _ocvDifferenceV, _slopeV);
        Span<Vector<double>> residual = Vectors(_residualV), v = Vectors(_voltageV), trust = Vectors(_trust), ocv = Vectors(_ocvDifferenceV), own = Vectors(_dropV);
        Span<Vector<double>> r = Vectors(Differences.Resistances), b = Vectors(Differences.ErrorsV), g = Vectors(TemperatureFactor), near = Vectors(_near);
        Vector<double> drop = new(dropV), sum = Vector<double>.Zero, count = Vector<double>.Zero;
        for (int k = 0; k < residual.Length; k++)
        {
            own[k] = drop * g[k];
            residual[k] = trust[k] * (v[k] - ocv[k] - (own[k] * (Vector<double>.One + r[k]) - drop) - b[k]);
            sum += near[k] * residual[k];
            count += near[k];
        }

        // Differences only: what all cells share is the mean filter's to explain.
        return Vector.Sum(sum) / Math.Max(1, Vector.Sum(count));
    }

    static Span<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

    static double Squared(double value) => value * value;
}
