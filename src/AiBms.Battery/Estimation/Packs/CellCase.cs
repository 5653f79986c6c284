namespace AiBms.Battery.Estimation.Packs;

/// <summary>What is held against one cell: sums of least squares of its voltage against what could explain it.</summary>
/// <remarks>
/// e = b (a tap), e = ρ·I or r·D (a joint), e = r·D + c·s·q (a weak cell, or one of a parallel group lost), e = −a − k·s·t (a short, whose size is
/// that of e = −k·(Q·R + s·t), since one current does both). Key: e
/// deviation of the cell's voltage, V; I current, A; D drop of the mean cell, V; s slope of the OCV, V; q change of the mean cell's SOC since it
/// began; t time since then, s; k SOC lost a second; Q·R drop of the mean cell at a current of one SOC a second, V·s. Rows are weighted by their length, and forgotten over <see cref="MemoryS"/>.
/// </remarks>
struct CellCase
{
    const double MemoryS = 900, RecentS = 30;

    // Sums: each pair of terms that is fitted together, each term with e, e with itself, length.
    double _s, _e, _ee, _ii, _ie, _d, _dd, _de, _dq, _qq, _qe, _t, _tt, _te, _xx, _xe, _firstV, _v, _vv;

    /// <summary>How long the cell has been held, s.</summary>
    public double HeldS { get; private set; }

    /// <summary>Time that its sums stand for, s.</summary>
    public readonly double SumS => _s;

    /// <summary>Change of the mean cell's SOC since it began.</summary>
    public double ChangeSoc { get; private set; }

    /// <summary>Mean of the last half minute of e, V.</summary>
    public double RecentV { get; private set; }

    /// <summary>Mean of the last half minute of what the pack's voltage lacks or has beyond the taps' sum (<see cref="SumWitness.GapV"/>), V.</summary>
    public double RecentGapV { get; private set; }

    /// <summary>And how many readings it stands for; 0 where there is none.</summary>
    public double GapReadings { get; private set; }

    /// <summary>Mean of the same readings of e, V.</summary>
    public double GapOffV { get; private set; }

    /// <summary>Whose that is, as far as the pack's voltage tells.</summary>
    public OffSide Side { get; set; }

    /// <summary>How long <see cref="RecentV"/> has been small, s.</summary>
    public double InLineS { get; private set; }

    /// <summary>Takes in one step.</summary>
    /// <param name="stepS">Its length, s.</param>
    /// <param name="deviationV">e, V.</param>
    /// <param name="voltageV">What the tap shows, V.</param>
    /// <param name="currentA">I, A.</param>
    /// <param name="dropV">D, V.</param>
    /// <param name="slopeV">s, V.</param>
    /// <param name="changeSoc">Change of the mean cell's SOC in this step.</param>
    /// <param name="shortVs">Drop of the mean cell by its series resistance at a current of one SOC a second, V·s.</param>
    /// <param name="inLineV">Below this the cell is in line, V.</param>
    public void Add(double stepS, double deviationV, double voltageV, double currentA, double dropV, double slopeV, double changeSoc, double shortVs, double inLineV)
    {
        RecentV = HeldS == 0 ? deviationV : RecentV + (deviationV - RecentV) * (1 - Math.Exp(-stepS / RecentS));
        InLineS = Math.Abs(RecentV) < inLineV ? InLineS + stepS : 0;
        if (HeldS == 0) _firstV = voltageV;
        HeldS += stepS;
        ChangeSoc += changeSoc;
        double kept = Math.Exp(-stepS / MemoryS), e = deviationV, i = currentA, d = dropV, q = slopeV * ChangeSoc, t = slopeV * HeldS, x = shortVs * Polarised() + t;
        (_s, _e, _ee) = (kept * _s + stepS, kept * _e + stepS * e, kept * _ee + stepS * e * e);
        (_ii, _ie) = (kept * _ii + stepS * i * i, kept * _ie + stepS * i * e);
        double v = voltageV - _firstV;
        (_v, _vv, _d) = (kept * _v + stepS * v, kept * _vv + stepS * v * v, kept * _d + stepS * d);
        (_dd, _de, _dq) = (kept * _dd + stepS * d * d, kept * _de + stepS * d * e, kept * _dq + stepS * d * q);
        (_qq, _qe) = (kept * _qq + stepS * q * q, kept * _qe + stepS * q * e);
        (_t, _tt, _te) = (kept * _t + stepS * t, kept * _tt + stepS * t * t, kept * _te + stepS * t * e);
        (_xx, _xe) = (kept * _xx + stepS * x * x, kept * _xe + stepS * x * e);
    }

    /// <summary>Takes in what the pack's voltage says beside the taps' sum.</summary>
    /// <param name="stepS">Length of the step, s.</param>
    /// <param name="deviationV">e, V.</param>
    /// <param name="gapV">See <see cref="SumWitness.GapV"/>; NaN is passed over.</param>
    public void AddGap(double stepS, double deviationV, double gapV)
    {
        if (!double.IsFinite(gapV)) return;
        GapReadings = Math.Min(GapReadings + 1, Math.Max(1, 2 * RecentS / Math.Max(stepS, 1e-3)));
        (RecentGapV, GapOffV) = (RecentGapV + (gapV - RecentGapV) / GapReadings, GapOffV + (deviationV - GapOffV) / GapReadings);
    }

    /// <summary>Mean square of e, V².</summary>
    public readonly double Square => _ee / _s;

    /// <summary>Mean square of D, V².</summary>
    public readonly double DropSquare => _dd / _s;

    /// <summary>Variance of what the tap shows, V²; and of D, V², by which a cell's voltage moves at least.</summary>
    public readonly (double Shown, double Drop) Moves => (Variance(_v, _vv), Variance(_d, _dd));

    /// <summary>As a tap: b, and what is left, V².</summary>
    public readonly (double OffsetV, double Left) AsTap() => One(_s, _e);

    /// <summary>What is left as a tap on a cell whose resistance is not yet known, V²: e = b + r·D with a small r, relative to the mean cell.</summary>
    /// <param name="most">The largest r that is no surprise.</param>
    public readonly double AsTapBeside(double most)
    {
        double b = Math.Clamp(Two(_s, _d, _dd, _e, _de).Item2, -most, most), offset = (_e - b * _d) / _s;
        return Math.Max(0, _ee - 2 * b * _de + b * b * _dd - offset * offset * _s) / _s;
    }

    /// <summary>As a drop that follows the current: ρ, Ω, the same relative to the mean cell's resistance, and what is left, V².</summary>
    public readonly (double Ohm, double Resistance, double Left) AsOhmic()
    {
        (double ohm, double left) = One(_ii, _ie);
        return (ohm, _dd > 0 ? ohm * Math.Sqrt(_ii / _dd) : 0, left);
    }

    /// <summary>As a drop like the mean cell's: r, relative to the mean cell, and what is left, V².</summary>
    public readonly (double Resistance, double Left) AsResistance() => One(_dd, _de);

    /// <summary>As a weak cell: r and c (inverse capacity), and what is left, V².</summary>
    public readonly (double Resistance, double InverseCapacity, double Left) AsWeak() => Two(_dd, _dq, _qq, _de, _qe);

    /// <summary>As a short: the drop that stays, V, SOC lost a second by that and by what goes on falling, and what is left, V².</summary>
    public readonly (double DropV, double LossPerS, double Left) AsShort()
    {
        (double b, _, double left) = Two(_s, _t, _tt, _e, _te);
        return (-b, _xx > 0 ? -_xe / _xx : 0, left);
    }

    /// <summary>How fast e falls, as SOC a second.</summary>
    public readonly double FallPerS() => -Two(_s, _t, _tt, _e, _te).Item2;

    /// <summary>How much more than the series resistance a cell polarises: the pairs follow within minutes.</summary>
    readonly double Polarised()
    {
        const double Pairs = 0.8, PairsS = 60;
        return 1 + Pairs * (1 - Math.Exp(-HeldS / PairsS));
    }

    readonly double Variance(double sum, double squares) => Math.Max(0, squares - sum * sum / _s) / _s;

    readonly (double, double) One(double xx, double xe) => xx > 0 ? (xe / xx, Math.Max(0, _ee - xe * xe / xx) / _s) : (0, _ee / _s);

    readonly (double, double, double) Two(double xx, double xy, double yy, double xe, double ye)
    {
        double determinant = xx * yy - xy * xy;
        if (!(determinant > 1e-9 * xx * yy)) return (0, 0, _ee / _s);
        double a = (yy * xe - xy * ye) / determinant, b = (xx * ye - xy * xe) / determinant;
        return (a, b, Math.Max(0, _ee - a * xe - b * ye) / _s);
    }
}
