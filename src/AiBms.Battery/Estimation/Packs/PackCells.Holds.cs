using System.Numerics;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <content>Cells that are held, and what is learnt of them.</content>
sealed partial class PackCells
{
    /// <summary>Ohmic resistance of a joint that each cell's tap sees beside the cell, Ω, and the same relative to the mean cell's resistance.</summary>
    public double[] JointOhm { get; }

    /// <inheritdoc cref="JointOhm"/>
    public double[] JointFraction { get; }

    /// <summary>Resistance of a cell and its joint over the mean cell's, less 1.</summary>
    public double Resistance(int cell) => Differences.Resistance(cell) + JointFraction[cell];

    /// <summary>What is learnt of a cell from what explained it best: this share of it is its deviation, and at least that of SOC.</summary>
    const double AdoptedFraction = 0.3, AdoptedSoc = 0.01;

    /// <summary>
    /// Cells are held only once this has been seen without a break, and while readings come more often than that, s: in records with rows ten
    /// seconds apart, taps and current are not of the same time, and what a tap does then is no jump of its own.
    /// </summary>
    const double HoldsAfterS = 120, HoldsWithinS = 5, OthersFraction = 0.3, FarV = 0.5, SlopeSoc = 0.02, UsualS = 10;

    /// <summary>Where the OCV rises less than this charge that flows moves cells apart by their OCVs alone, V; where less than the second nothing is said of charge.</summary>
    const double SteepV = 0.25, LeastSlopeV = 0.03;

    /// <summary>Where readings have come so long without a break a cell that falls by <see cref="CellHolds.HardV"/> is held also while the start is still searched for, s; a voltage that no cell shows is waited for so long.</summary>
    const double CloseS = 30, LowS = 10;

    /// <summary>A leak of this many times the 1C current makes a cell one that the pack is not to be used with.</summary>
    const double BrokenCRate = 0.08;

    /// <summary>The largest share of what a drop at once says of a short's current that may be missing from what is learnt.</summary>
    const double LeastOfDrop = 0.3;

    /// <summary>Tells a cell from its tap by the pack's voltage.</summary>
    public SumWitness Sum { get; }

    /// <summary>The first cell with a large short, or with a voltage too low that is not known to be its tap's; −1 where none is.</summary>
    public int BrokenCell { get; private set; } = -1;

    /// <summary>True where a cell was never seen, or is not seen now for another reason than that it bleeds.</summary>
    public bool IsMissing(int cell) => !_seen[cell] || _missingS[cell] != 0;

    /// <summary>True where a cell's voltage is far too low and nobody can say that it is only its tap.</summary>
    public bool IsDropped(int cell) => Holds.IsDropped(cell) || _lowS[cell] > LowS;

    /// <summary>How far below the others a cell that has dropped is, V, negative.</summary>
    public double LowV(int cell) => Holds.IsHeld(cell) ? Holds.OffV(cell) : _rawV[cell] - _meanV;

    /// <summary>True where a cell is shorted hard, or may be.</summary>
    public bool IsBroken(int cell) => Holds.IsHardShort(cell) || (Holds.Verdicts[cell] == CellVerdict.Short && Differences.LeakPerS(cell) * Units.SecondsPerHour > BrokenCRate) || IsDropped(cell);

    /// <summary>True where a cell is known to be shorted.</summary>
    public bool HasShort { get; private set; }

    /// <summary>For how long a cell had been losing charge when it was found, s.</summary>
    public double LeaksSinceS(int cell) => _leaksSinceS[cell];

    /// <summary>What flows through a cell's short, over what flowed when it was found: the path is ohmic, and a voltage that falls takes the current with it.</summary>
    public double ShortFraction(int cell) => _shortV[cell] > 0 && cell < _rawV.Length && double.IsFinite(_rawV[cell]) ? Math.Clamp(_rawV[cell] / _shortV[cell], 0, 1) : 1;

    /// <summary>Looks whether the pack has a cell that it is not to be used with.</summary>
    public void LookForBroken()
    {
        (BrokenCell, HasShort) = (-1, false);
        for (int i = Differences.Count - 1; i >= 0; i--)
        {
            if (IsBroken(i)) BrokenCell = i;
            HasShort |= Holds.Verdicts[i] == CellVerdict.Short;
        }
    }

    /// <summary>How far a cell's voltage is off where that is known, V: held, or what no cell shows.</summary>
    double OffOf(int cell)
    {
        if (cell < 0 || cell >= Differences.Count) return 0;
        if (Holds.IsHeld(cell) && Holds.Case(cell).GapReadings > 0) return Holds.Case(cell).GapOffV;
        return _trust[cell] == 0 && double.IsFinite(_rawV[cell]) && !_first ? _rawV[cell] - _meanV : 0;
    }

    /// <summary>Whose it is that a held cell is off, by all readings since.</summary>
    OffSide Side(int cell)
    {
        ref var held = ref Holds.Case(cell);
        if (held.GapReadings == 0) return OffSide.Unknown;
        double tapsV = 0, unknownV = 0;
        for (int i = 0; i < Differences.Count && Holds.HeldCount > 1; i++)
        {
            if (i == cell || !Holds.IsHeld(i)) continue;
            if (Holds.Verdicts[i] == CellVerdict.Tap) tapsV += OffOf(i);
            else unknownV += OffOf(i);
        }

        var side = SumWitness.Side(held.RecentGapV, Sum.MeanDeviationV(held.GapReadings), held.GapOffV, OffOf(cell - 1), OffOf(cell + 1), tapsV);
        return Math.Abs(unknownV) > OthersFraction * Math.Abs(held.GapOffV) && Math.Abs(unknownV + held.GapOffV) > OthersFraction * Math.Abs(held.GapOffV) ? OffSide.Unknown : side;
    }

    /// <summary>A voltage that no sound cell shows is that of a shorted cell where the pack's voltage goes with it, and may be where that says nothing.</summary>
    double Low(PackReading reading, int cell, double passedS)
    {
        double v = reading.CellVoltageV[cell];
        if (_first || reading.BleedOn[cell] || reading.CellQualities[cell] != SignalQuality.Implausible || !(v < _meanV - FarV)) return Sounds();
        var side = SumWitness.Side(Sum.GapV, Sum.DeviationV, v - _meanV, OffOf(cell - 1), OffOf(cell + 1), 0);
        _lowS[cell] = side == OffSide.Unknown && _closeS > CloseS ? _lowS[cell] + passedS : 0;
        return side == OffSide.Cell ? Math.Max(v, _lowestV + 1e-3) : double.NaN;

        double Sounds()
        {
            _lowS[cell] = 0;
            return double.NaN;
        }
    }

    /// <summary>True where readings have come without a break for long enough that a cell that leaves what is expected of it has left it just now.</summary>
    bool IsSteady(double timeS)
    {
        double passedS = timeS - _timeS;
        _passedS = double.IsFinite(passedS) ? passedS : 0;
        _closeS = passedS < HoldsWithinS ? _closeS + Math.Max(0, passedS) : 0;
        _steadyS = passedS < HoldsWithinS && !Mean.IsSearching && !IsOcvBent() ? _steadyS + Math.Max(0, passedS) : 0;
        (_timeS, Holds.NowS) = (timeS, timeS);
        return _steadyS > HoldsAfterS && ShowsResistance;
    }

    /// <summary>True where the OCV begins to rise or fall, such as above the plateau of LFP: there cells part by themselves, and a percent of SOC that is not known makes tens of millivolts.</summary>
    public bool IsOcvBent()
    {
        const double Reach = 0.05, BendV = 0.4;
        double soc = Mean.Filter.Soc, hereV = _ocv.OcvV(soc);
        return Math.Abs(_ocv.OcvV(soc + Reach) - 2 * hereV + _ocv.OcvV(soc - Reach)) > BendV * Reach;
    }

    /// <summary>What every cell is off of late: a cell that has been off for long has not left now.</summary>
    void Follow(double meanV, double dropV, double passedS)
    {
        if (double.IsNaN(meanV)) return;
        double share = 1 - Math.Exp(-Math.Max(0, passedS) / UsualS);
        Span<Vector<double>> usual = Vectors(_usualOffV), asMean = Vectors(_asMeanV), trust = Vectors(_trust);
        Vector<double> mean = new(meanV), part = new(share);
        for (int k = 0; k < usual.Length; k++) usual[k] += part * trust[k] * (asMean[k] - mean - usual[k]);
        _usualDropV += share * (dropV - _usualDropV);
    }

    /// <summary>True where a cell is further off than any sound one should be: most often none is, and that is seen at a glance.</summary>
    bool IsAnyBeyond(double meanV)
    {
        Span<Vector<double>> asMean = Vectors(_asMeanV), trust = Vectors(_trust);
        Vector<double> mean = new(meanV), most = Vector<double>.Zero;
        for (int k = 0; k < asMean.Length; k++) most = Vector.Max(most, trust[k] * Vector.Abs(asMean[k] - mean));
        return Vector.GreaterThanAny(most, new(CellHolds.LeastV));
    }

    /// <summary>Takes the cells that are to be held out of the mean and out of what is corrected.</summary>
    /// <returns>The mean of the others, V.</returns>
    double Hold(double meanV, double nearCount, bool canHold, bool canHoldHard, double dropV)
    {
        double common = canHold ? Differences.CommonSurprise() : 1, sumV = meanV * nearCount, count = nearCount;
        for (int i = 0; i < Differences.Count; i++)
        {
            if (!Holds.IsHeld(i) || _near[i] == 0) continue;
            (sumV, count) = (sumV - _asMeanV[i], count - 1);
        }

        // One after the other, the furthest first: it moved the mean most, and with it how far off the others seem.
        bool isCommon = false;
        while ((canHold || canHoldHard) && count > 2)
        {
            (int furthest, double beyond) = (-1, 1);
            for (int i = 0; i < Differences.Count; i++)
            {
                if (_trust[i] == 0 || Holds.IsHeld(i)) continue;
                double off = _near[i] > 0 ? Math.Abs(_asMeanV[i] - sumV / count) * count / (count - 1) : Math.Abs(_asMeanV[i] - sumV / count);
                if (off <= CellHolds.LeastV) continue;
                double moved = Math.Abs(_asMeanV[i] - sumV / count - _usualOffV[i]);
                bool isHard = _asMeanV[i] - sumV / count < Math.Min(0, _usualOffV[i]) - CellHolds.HardV;
                if (!canHold && !isHard) continue;
                off = Math.Max(canHold ? off / CellHolds.ReachV(Differences.Variance(i), common) : 0, moved / CellHolds.JumpV(common, dropV, dropV - _usualDropV, SlopeV(i) * Differences.SocDeviation(i)));
                if (off > beyond) (furthest, beyond) = (i, off);
            }

            if (furthest < 0) break;
            isCommon = !Holds.TryHold(furthest);
            if (isCommon) break;
            if (_near[furthest] > 0) (sumV, count) = (sumV - _asMeanV[furthest], count - 1);
        }

        if (isCommon && Holds.HeldCount >= Holds.MostHeld)
        {
            Holds.LetGo();
            (sumV, count) = (meanV * nearCount, nearCount);
            for (int i = 0; i < Differences.Count; i++)
                if (Holds.IsHeld(i) && _near[i] > 0) (sumV, count) = (sumV - _asMeanV[i], count - 1);
        }

        if (!(count > 0)) return double.NaN;
        for (int i = 0; i < Differences.Count; i++)
        {
            if (!Holds.IsHeld(i)) continue;
            _allTrusted = false;
            (_heldOffV[i], _trust[i], _near[i]) = (_trust[i] > 0 ? _asMeanV[i] - sumV / count : double.NaN, 0, 0);
        }

        return sumV / count;
    }

    /// <summary>Weighs what explains the cells that are held; what is clear and of the cell itself is learnt at once.</summary>
    void Judge(double currentA, double change, double dropV)
    {
        double stepS = Mean.StepS;
        for (int i = 0; i < Differences.Count; i++)
        {
            if (!Holds.IsHeld(i) || double.IsNaN(_heldOffV[i]) || Mean.IsGap || !double.IsFinite(currentA)) continue;
            ref var held = ref Holds.Case(i);
            double slopeV = SlopeV(i);
            held.AddGap(stepS, _heldOffV[i], Sum.GapV);
            held.Side = Side(i);
            held.Add(stepS, _heldOffV[i], _voltageV[i], currentA, dropV * TemperatureFactor[i], slopeV, change, Mean.Filter.SeriesResistanceOhm * Units.SecondsPerHour * _group.CapacityAh, Holds.BackV(i));
            Learn(i, Holds.Judge(i, slopeV, Mean.Filter.SeriesResistanceOhm, Differences.ResistanceDeviation(i)), held);
        }
    }

    /// <summary>Looks for cells that lose charge too slowly to leave what is expected of them; what they lose is learnt at once.</summary>
    /// <param name="isMeasured">False where no cell was measured in this step.</param>
    /// <param name="change">Change of the mean cell's SOC in this step.</param>
    /// <param name="dropV">Drop of the mean cell, V.</param>
    void Watch(bool isMeasured, double change, double dropV)
    {
        double slopeV = SlopeAtV(Mean.Filter.Soc);
        bool isSteep = slopeV > SteepV || (slopeV > LeastSlopeV && _restS > 0);
        if (!(_steadyS > HoldsAfterS && ShowsResistance && isSteep))
        {
            _losses.Start();
            _changeSoc = 0;
            return;
        }

        _changeSoc += change;
        if (!_losses.IsDue(Mean.StepS) || !isMeasured) return;
        bool isTime = _losses.Add(new(_voltageV, Differences.Socs, Differences.InverseCapacities, Differences.Resistances, Differences.ErrorsV, _usualOffV, _changeSoc, slopeV, dropV));
        _changeSoc = 0;
        if (!isTime) return;
        _losses.Weigh(Differences.Count);

        // The same current that empties a cell made its voltage fall when it began; a window after that holds only what goes on.
        double fallS = CellHolds.Polarises * Mean.Filter.SeriesResistanceOhm * _group.CapacityAh * Units.SecondsPerHour / slopeV;
        for (int i = 0; i < Differences.Count; i++)
        {
            bool isKnown = Holds.Verdicts[i] == CellVerdict.Short;
            if (Holds.Verdicts[i] == CellVerdict.Tap) _losses.Distrust(i, true);
            if ((Holds.Verdicts[i] != CellVerdict.None && !isKnown) || !_losses.Loses(i, Differences.Resistance(i), slopeV, out var loss)) continue;
            double lossPerS = isKnown ? loss.LossPerS : loss.LossPerS * loss.TimeS / (loss.TimeS + fallS), learnt = lossPerS - Differences.LeakPerS(i);
            Differences.Adopt(i, DifferenceFilters.Ll, learnt, AdoptedFraction * Math.Abs(learnt));
            if (isKnown) continue;
            Differences.Adopt(i, DifferenceFilters.Cc, loss.InverseCapacity - Differences.InverseCapacity(i), 0);
            Differences.Adopt(i, DifferenceFilters.Zz, 0, AdoptedSoc);
            Holds.Tell(i, CellVerdict.Short);
            (_leaksSinceS[i], _shortV[i]) = (loss.TimeS, _rawV[i]);
            _losses.Forget(i);
        }
    }

    /// <summary>Slope of the OCV about a cell's SOC, V.</summary>
    double SlopeV(int cell) => SlopeAtV(Mean.Filter.Soc + Differences.Soc(cell));

    double SlopeAtV(double soc) => (_ocv.OcvV(soc + SlopeSoc) - _ocv.OcvV(soc - SlopeSoc)) / (2 * SlopeSoc);

    void Learn(int cell, CellVerdict verdict, in CellCase held)
    {
        if (verdict == CellVerdict.Short)
        {
            (double dropV, double lossPerS, _) = held.AsShort();
            if (dropV > CellHolds.HardV)
            {
                // What falls at once bounds the current: by the series resistance alone it would be the most that can flow.
                double mostPerS = dropV / (Mean.Filter.SeriesResistanceOhm * Units.SecondsPerHour * _group.CapacityAh);
                lossPerS = Math.Clamp(lossPerS, LeastOfDrop * mostPerS / CellHolds.Polarises, mostPerS);
            }

            (_leaksSinceS[cell], _shortV[cell]) = (held.HeldS, _rawV[cell]);
            Differences.Adopt(cell, DifferenceFilters.Zz, -lossPerS * held.HeldS, AdoptedSoc);
            Differences.Adopt(cell, DifferenceFilters.Ll, lossPerS, AdoptedFraction * lossPerS);
            Differences.Adopt(cell, DifferenceFilters.Bb, -dropV, AdoptedFraction * dropV);
        }
        else if (verdict is CellVerdict.Joint)
        {
            (double ohm, double ratio, double asOhmic) = held.AsOhmic();
            (double r, double asResistance) = held.AsResistance();
            if (asOhmic < asResistance)
            {
                (JointOhm[cell], JointFraction[cell], _hasJoint) = (JointOhm[cell] + ohm, JointFraction[cell] + ratio, true);
                return;
            }

            Differences.Adopt(cell, DifferenceFilters.Rr, r, AdoptedFraction * r);
        }
        else if (verdict is CellVerdict.LostCell or CellVerdict.Weak)
        {
            (double r, double c, _) = held.AsWeak();
            Differences.Adopt(cell, DifferenceFilters.Rr, r, AdoptedFraction * r);
            Differences.Adopt(cell, DifferenceFilters.Cc, c, AdoptedFraction * c);
            Differences.Adopt(cell, DifferenceFilters.Zz, c * held.ChangeSoc, AdoptedSoc);
        }
    }
}
