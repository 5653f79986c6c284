using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Holds cells whose voltage leaves what is expected of them, and says what explains it best, before anything is learnt from it.</summary>
/// <remarks>
/// A held cell takes no part in the mean and is not corrected: it is counted on. Explanations are compared by what they leave, in deviations
/// of what a sound cell leaves, and for every term they have (Schwarz, Annals of Statistics 6 (1978) 461). A pack where many cells leave at
/// once has no wrong tap but a wrong expectation: none is held there.
/// </remarks>
sealed class CellHolds(PackLayout layout, double capacityAh)
{
    /// <summary>Least deviation that a cell is held for, V, and how many deviations it must be.</summary>
    public const double LeastV = 0.015;

    const double Deviations = 6;

    /// <summary>Noise of a tap, V; what of a change of the drop, and of the drop, is no surprise in a sound cell.</summary>
    const double NoiseV = 0.002, ChangeFraction = 0.1, DropFraction = 0.02;

    /// <summary>A tap that moves by no more than the first while the drop of the mean cell moves by the second stands still; root mean squares, V.</summary>
    const double StillV = 0.0005, MovedV = 0.005;

    /// <summary>A tap is in line again when it is off by no more than this share of what it was, and at least so much, V.</summary>
    const double InLineFraction = 0.3, InLineV = 0.005;

    /// <summary>A sound cell leaves this, V and as a share of the drop; what it leaves is the same for so long, s.</summary>
    const double LeftV = 0.002, LeftDropFraction = 0.05, SameS = 10;

    /// <summary>Nothing is said before, s; a drop that stays may be a short for longer; what is not clear after the last is let go.</summary>
    const double LeastHeldS = 40, ShortHeldS = 120, MostHeldS = 900, LetGoS = 300, InLineS = 60;

    /// <summary>How much better than the second an explanation must be, and what each of its terms costs.</summary>
    const double ClearlyBetter = 12, TermCost = 3;

    /// <summary>A short takes at least this, as a fraction of the 1C current, with less no cell's voltage falls at once; and no more than that, no cell gives more for half a minute.</summary>
    const double LeastShortCRate = 0.03, MostShortCRate = 5;

    /// <summary>
    /// A cell that the pack's voltage follows down by this much, V, is judged after this, s, and is said to have dropped after the second; where the
    /// pack's voltage says nothing no tap is blamed for as much: it may be a short.
    /// </summary>
    public const double HardV = 0.12;

    const double HardHeldS = 20, DroppedS = 10;

    /// <summary>The drop has varied enough to tell a joint by it where its mean square is this many times its variance at most.</summary>
    const double VariedRatio = 10, LeftFraction = 0.25;

    /// <summary>A current that begins makes a cell's voltage fall by so many times its series resistance within minutes.</summary>
    public const double Polarises = 1.8;

    /// <summary>Differences of resistance and of inverse capacity beyond these no cell shows, relative.</summary>
    const double LeastR = -1.5, MostR = 10, MostC = 2;

    /// <summary>So many deviations, and no more than the second, a sound cell's difference of resistance may be off what is known of it, relative.</summary>
    const double UnknownDeviations = 3, MostUnknownR = 0.3;

    readonly CellCase[] _cases = new CellCase[layout.SeriesCount];
    readonly bool[] _isHeld = new bool[layout.SeriesCount], _isHardShort = new bool[layout.SeriesCount];
    readonly double[] _exemptUntilS = new double[layout.SeriesCount];

    /// <summary>Time of the reading, s.</summary>
    public double NowS { get; set; }

    /// <summary>Cells that are held.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Cells that may be held at once: a few.</summary>
    public int MostHeld => Math.Max(1, layout.SeriesCount / 8);

    /// <summary>What each cell is known by. A lost cell and a short stay; a tap stays until it is in line again.</summary>
    public CellVerdict[] Verdicts { get; } = new CellVerdict[layout.SeriesCount];

    /// <summary>True where a cell's voltage fell far by a short.</summary>
    public bool IsHardShort(int cell) => _isHardShort[cell];

    /// <summary>True where a cell is held.</summary>
    public bool IsHeld(int cell) => _isHeld[cell];

    /// <summary>How far a held cell is off, V.</summary>
    public double OffV(int cell) => _cases[cell].RecentV;

    /// <summary>Forgets everything of some cells.</summary>
    public void Begin(int firstCell, int cellCount)
    {
        for (int i = firstCell; i < firstCell + cellCount; i++)
        {
            Release(i, double.NegativeInfinity);
            (Verdicts[i], _isHardShort[i]) = (CellVerdict.None, false);
        }
    }

    /// <summary>Keeps which cells are held and why, or takes it back: a tap that was wrong before a start is wrong after it.</summary>
    public void Keep(StateTape tape)
    {
        for (int i = 0; i < Verdicts.Length; i++)
        {
            Verdicts[i] = (CellVerdict)tape.Count((int)Verdicts[i], (int)CellVerdict.Short);
            if (tape.IsReading && Verdicts[i] == CellVerdict.Tap) Hold(i);
        }

        tape.Flags(_isHardShort);
    }

    /// <summary>What a cell may be off before it is held, V, where that is more than what its filter expects.</summary>
    /// <param name="variance">Of its last correction, V².</param>
    /// <param name="common">What is usual of all cells, over what is expected.</param>
    public static double ReachV(double variance, double common) => Math.Max(LeastV, Deviations * Math.Sqrt(common * variance));

    /// <summary>How far a cell may move away from what it was off before, V.</summary>
    /// <param name="common">What is usual of all cells, over what is expected.</param>
    /// <param name="dropV">Drop of the mean cell now, V.</param>
    /// <param name="changeV">How much of it has come or gone of late, V.</param>
    /// <param name="socV">What is not known of the cell's SOC, as voltage, V: where the OCV begins to rise, cells part.</param>
    public static double JumpV(double common, double dropV, double changeV, double socV) =>
        Math.Max(LeastV, Deviations * Math.Sqrt(common * (Squared(NoiseV) + Squared(ChangeFraction * changeV) + Squared(DropFraction * dropV) + Squared(socV))));

    /// <summary>Holds a cell, unless it was let go just now or too many are held.</summary>
    public bool TryHold(int cell)
    {
        if (_exemptUntilS[cell] > NowS || HeldCount >= MostHeld) return false;
        Hold(cell);
        return true;
    }

    /// <summary>Says what a cell that is not held is known by.</summary>
    public void Tell(int cell, CellVerdict verdict) => Verdicts[cell] = verdict;

    /// <summary>Lets go all that is not clear: it was the expectation that was wrong.</summary>
    public void LetGo()
    {
        if (HeldCount == 0) return;
        for (int i = 0; i < _isHeld.Length; i++)
            if (_isHeld[i] && Verdicts[i] != CellVerdict.Tap) Release(i, LetGoS);
    }

    /// <summary>Below this a held cell is in line again, V.</summary>
    public double BackV(int cell) => Verdicts[cell] == CellVerdict.Tap ? Math.Max(InLineV, InLineFraction * Math.Abs(_cases[cell].AsTap().OffsetV)) : LeastV / 2;

    /// <summary>The sums held against a cell.</summary>
    public ref CellCase Case(int cell) => ref _cases[cell];

    /// <summary>True where a held cell's voltage is far too low, and neither its tap nor a joint is known to be why: what is not known to be harmless.</summary>
    public bool IsDropped(int cell)
    {
        ref var held = ref _cases[cell];
        if (!_isHeld[cell] || Verdicts[cell] != CellVerdict.None || held.HeldS < DroppedS || !(held.RecentV < -HardV) || held.Side == OffSide.Tap) return false;
        (_, double ohmic, double asOhmic) = held.AsOhmic();
        (double r, double asJoint) = held.AsResistance();
        bool isVaried = held.Moves.Drop * VariedRatio > held.DropSquare;
        bool isJoint = (CanBe(ohmic) && asOhmic < LeftFraction * held.Square) || (CanBe(r) && asJoint < LeftFraction * held.Square);
        return !(isVaried && isJoint);
    }

    /// <summary>Says what explains a held cell best, once it is clear; a cell that is in line again is let go.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="slopeV">Slope of the OCV, V.</param>
    /// <param name="ohm">Series resistance of the mean cell, Ω.</param>
    /// <param name="resistanceDeviation">One standard deviation of the cell's difference of resistance, relative.</param>
    /// <returns>A verdict that has just been reached and is to be learnt from; else <see cref="CellVerdict.None"/>.</returns>
    public CellVerdict Judge(int cell, double slopeV, double ohm, double resistanceDeviation)
    {
        ref var held = ref _cases[cell];
        bool isTap = Verdicts[cell] == CellVerdict.Tap;
        if (held.InLineS > InLineS && (isTap || held.HeldS > LetGoS))
        {
            if (!_isHardShort[cell]) Verdicts[cell] = CellVerdict.None;
            Release(cell, 0);
            return CellVerdict.None;
        }

        // A cell that is shorted hard stays one, whatever its voltage looks like when it is hot, or empty.
        bool isHard = held.Side != OffSide.Tap && held.RecentV < -HardV;
        if (_isHardShort[cell]) return CellVerdict.None;
        if (held.HeldS < (isHard && held.Side == OffSide.Cell ? HardHeldS : LeastHeldS)) return CellVerdict.None;
        var best = Best(held, isTap, slopeV, ohm, Math.Min(UnknownDeviations * resistanceDeviation, MostUnknownR));
        if (best == CellVerdict.None && held.HeldS > MostHeldS && !isTap && !isHard) Release(cell, LetGoS);
        if (best == CellVerdict.None || best == Verdicts[cell]) return CellVerdict.None;
        Verdicts[cell] = best;
        _isHardShort[cell] = best == CellVerdict.Short && isHard;
        if (best == CellVerdict.Tap) return CellVerdict.None;
        Release(cell, InLineS);
        return best;
    }

    CellVerdict Best(in CellCase held, bool wasTap, double slopeV, double ohm, double unknownR)
    {
        // What does not move while all others do is no cell, whatever else would fit for a while; nor while they stand still after that.
        (double shown2, double drop2) = held.Moves;
        bool isCell = held.Side == OffSide.Cell, isLow = held.RecentV < -HardV;
        if (shown2 < Squared(StillV) && !isCell) return wasTap || drop2 > Squared(MovedV) ? CellVerdict.Tap : CellVerdict.None;
        (double offsetV, double asTap) = held.AsTap();
        (_, double ohmicR, double asOhmic) = held.AsOhmic();
        if (held.Side == OffSide.Tap) return Math.Abs(offsetV) > LeastV ? CellVerdict.Tap : CellVerdict.None;
        (double r, double asJoint) = held.AsResistance();
        if (asOhmic < asJoint) (r, asJoint) = (ohmicR, asOhmic);
        (double weakR, double weakC, double asWeak) = held.AsWeak();
        (double dropV, double lossPerS, double asShort) = held.AsShort();
        double sound2 = LeftV * LeftV + LeftDropFraction * LeftDropFraction * held.DropSquare, scale = held.SumS / (SameS * sound2);
        double shortA = lossPerS * Units.SecondsPerHour * capacityAh;

        // The same current that empties the cell makes its voltage fall at once, by its resistance and what polarises.
        double fallA = held.FallPerS() * Units.SecondsPerHour * capacityAh;
        bool canBeShort = shortA > LeastShortCRate * capacityAh && (isCell || shortA < MostShortCRate * capacityAh) && fallA > 0.2 * shortA && dropV > 0.2 * shortA * ohm && dropV < 6 * shortA * ohm;
        double tap = isCell ? double.PositiveInfinity : asTap * scale + TermCost, shorted = canBeShort ? asShort * scale + 2 * TermCost : double.PositiveInfinity;
        double joint = CanBe(r) ? asJoint * scale + TermCost : double.PositiveInfinity, weak = CanBe(weakR) && Math.Abs(weakC) < MostC ? asWeak * scale + 2 * TermCost : double.PositiveInfinity;

        // As a charge begins, a tap on a cell whose resistance was not known yet moves like a short. Of a joint it is no rival: that is all in its r.
        double beside = isCell ? double.PositiveInfinity : held.AsTapBeside(unknownR) * scale + 2 * TermCost;
        double best = Math.Min(Math.Min(tap, joint), Math.Min(weak, shorted));
        double left = (best - TermCost) / scale;

        // What nothing explains, and is far off, is no cell, unless the pack's voltage goes with it: then it is one that is shorted hard.
        bool isExplained = left < Math.Max(9 * sound2, 0.1 * held.Square);
        if (!isExplained && isCell) return isLow && held.HeldS > LeastHeldS && dropV > 0 && asShort <= Math.Min(asJoint, asWeak) ? CellVerdict.Short : CellVerdict.None;
        if (!isExplained) return !isLow && held.HeldS > MostHeldS && held.Square > Squared(Deviations * LeastV) ? CellVerdict.Tap : CellVerdict.None;
        if (Math.Min(joint, weak) + ClearlyBetter < Math.Min(tap, shorted)) return Resistive(held, r, weak + ClearlyBetter < joint ? (weakR, weakC) : (r, 0), sound2, slopeV);
        if (shorted + ClearlyBetter < Math.Min(Math.Min(tap, beside), Math.Min(joint, weak))) return CellVerdict.Short;
        bool isTap = tap < Math.Min(joint, weak) - ClearlyBetter && (offsetV > 0 || held.HeldS > ShortHeldS);

        // At a current that does not change nobody can tell a tap from a joint: it is looked at on, and called a tap until then.
        isTap |= held.HeldS > LetGoS && tap < best + ClearlyBetter;

        // What a cell would not be held for is no wrong tap either: sound cells are off by as much in hard driving.
        return isTap && !isLow && Math.Abs(offsetV) > LeastV ? CellVerdict.Tap : CellVerdict.None;
    }

    /// <summary>True for a resistance that a cell, its joint, or a tap that hardly moves can show, relative to the mean cell.</summary>
    static bool CanBe(double resistance) => resistance is > LeastR and < MostR;

    CellVerdict Resistive(in CellCase held, double r, (double R, double C) weak, double sound2, double slopeV)
    {
        // A voltage that moves less with the current than any cell's is that of a tap that hardly moves.
        const double StuckFraction = -0.3, WeakFraction = 0.1, LeastLost = 0.4, MostLost = 2;
        if (r < StuckFraction) return CellVerdict.Tap;
        double one = layout.ParallelCount > 1 ? 1.0 / (layout.ParallelCount - 1) : double.PositiveInfinity;
        bool isLostR = r > LeastLost * one && r < MostLost * one;

        // A lost cell shows by its resistance at once, by its capacity only when charge has flowed.
        bool canTellC = Math.Abs(held.ChangeSoc) * slopeV * LeastLost * one > 2 * Math.Sqrt(sound2);
        if (isLostR && !canTellC && held.HeldS < MostHeldS) return CellVerdict.None;
        if (isLostR && weak.C > LeastLost * one && weak.C < MostLost * one) return CellVerdict.LostCell;
        return weak.C > WeakFraction ? CellVerdict.Weak : CellVerdict.Joint;
    }

    void Hold(int cell)
    {
        if (!_isHeld[cell]) HeldCount++;
        (_isHeld[cell], _cases[cell]) = (true, default);
    }

    void Release(int cell, double exemptS)
    {
        if (_isHeld[cell]) HeldCount--;
        (_isHeld[cell], _exemptUntilS[cell]) = (false, NowS + exemptS);
    }

    static double Squared(double value) => value * value;
}
