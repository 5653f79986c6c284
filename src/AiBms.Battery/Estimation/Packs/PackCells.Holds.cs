using System.Numerics;

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
    const double HoldsAfterS = 120, HoldsWithinS = 5, SlopeSoc = 0.02, UsualS = 10;

    /// <summary>Where the OCV rises less than this charge that flows moves cells apart by their OCVs alone, V; where less than the second nothing is said of charge.</summary>
    const double SteepV = 0.25, LeastSlopeV = 0.03;

    /// <summary>A current that begins makes a cell's voltage fall by so many times its series resistance within minutes.</summary>
    const double Polarises = 1.8;

    /// <summary>True where readings have come without a break for long enough that a cell that leaves what is expected of it has left it just now.</summary>
    bool IsSteady(double timeS)
    {
        double passedS = timeS - _timeS;
        _passedS = double.IsFinite(passedS) ? passedS : 0;
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
    double Hold(double meanV, double nearCount, bool canHold, double dropV)
    {
        double common = canHold ? Differences.CommonSurprise() : 1, sumV = meanV * nearCount, count = nearCount;
        for (int i = 0; i < Differences.Count; i++)
        {
            if (!Holds.IsHeld(i) || _near[i] == 0) continue;
            (sumV, count) = (sumV - _asMeanV[i], count - 1);
        }

        // One after the other, the furthest first: it moved the mean most, and with it how far off the others seem.
        bool isCommon = false;
        while (canHold && count > 2)
        {
            (int furthest, double beyond) = (-1, 1);
            for (int i = 0; i < Differences.Count; i++)
            {
                if (_trust[i] == 0 || Holds.IsHeld(i)) continue;
                double off = _near[i] > 0 ? Math.Abs(_asMeanV[i] - sumV / count) * count / (count - 1) : Math.Abs(_asMeanV[i] - sumV / count);
                if (off <= CellHolds.LeastV) continue;
                double moved = Math.Abs(_asMeanV[i] - sumV / count - _usualOffV[i]);
                off = Math.Max(off / CellHolds.ReachV(Differences.Variance(i), common), moved / CellHolds.JumpV(common, dropV, dropV - _usualDropV, SlopeV(i) * Differences.SocDeviation(i)));
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
        double fallS = Polarises * Mean.Filter.SeriesResistanceOhm * _group.CapacityAh * Units.SecondsPerHour / slopeV;
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
