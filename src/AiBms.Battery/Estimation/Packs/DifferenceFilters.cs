using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>One small Kalman filter for each cell's difference from the mean cell, several cells at a time in one vector.</summary>
/// <remarks>
/// State of a cell [z, r, c, l, b]: difference of SOC, relative difference of resistance, Q_mean / Q − 1, leak (SOC a second beyond the
/// mean cell's), slow voltage error (OCV differs, tap offset). Between samples z += Δz_mean·c − l·Δt; b forgets itself as SOC moves.
/// Measured: v − v_mean = OCV(z_mean + z) − OCV(z_mean) + D·(g(1 + r) − 1) + b, with D the mean cell's drop and g what the cell's own
/// temperature does to it. All lanes do the same operations in the same order, whatever the width of the vector.
/// Source: bar–delta filtering, Plett, "Battery Management Systems, Volume II" (2015), section 5.7; and Plett, Int. Battery, Hybrid and
/// Fuel Cell Electric Vehicle Symposium EVS24 (2009).
/// </remarks>
sealed class DifferenceFilters
{
    // Rows of a block of cells: the upper triangle of the states' covariance.
    internal const int Zz = 0, Zr = 1, Zc = 2, Zl = 3, Zb = 4, Rr = 5, Rc = 6, Rl = 7, Rb = 8, Cc = 9, Cl = 10, Cb = 11, Ll = 12, Lb = 13, Bb = 14;

    const int RowCount = 15;

    const int MostSurprisePower = 7;

    static readonly int s_lanes = Vector<double>.Count;

    readonly DifferenceOptions _options;
    readonly double[] _blocks, _inverse, _leak, _seen, _variance;
    readonly int _groups;
    readonly Vector<double> _leastCc;
    Vector<double> _change, _lost, _kept, _kept2, _error, _walkZ, _walkR, _walkL;
    bool _isSpreadDue;

    /// <param name="cellCount">Cells, at least 1.</param>
    /// <param name="options">Beliefs.</param>
    public DifferenceFilters(int cellCount, DifferenceOptions options)
    {
        _options = options.Validated();
        Count = cellCount;
        _groups = (cellCount + s_lanes - 1) / s_lanes;
        PaddedCount = _groups * s_lanes;
        _blocks = new double[_groups * RowCount * s_lanes];
        (Socs, Resistances, _inverse, _leak, ErrorsV, _seen, _variance) = (new double[PaddedCount], new double[PaddedCount], new double[PaddedCount], new double[PaddedCount], new double[PaddedCount], new double[PaddedCount], new double[PaddedCount]);
        _leastCc = new(Square(_options.LeastCapacityFractionDeviation));
        for (int i = 0; i < PaddedCount; i++) Begin(i, 0);
    }

    /// <summary>Cells.</summary>
    public int Count { get; }

    /// <summary>Cells and what fills the last vector: length of the arrays that are handed in.</summary>
    public int PaddedCount { get; }

    /// <summary>Differences of SOC, length <see cref="PaddedCount"/>, as the others.</summary>
    public double[] Socs { get; }

    /// <summary>Relative differences of resistance.</summary>
    public double[] Resistances { get; }

    /// <summary>Q_mean / Q − 1 of each cell.</summary>
    public double[] InverseCapacities => _inverse;

    /// <summary>SOC a second that each cell loses beyond the mean cell.</summary>
    public ReadOnlySpan<double> LeaksPerS => _leak;

    /// <summary>Slow voltage errors, V.</summary>
    public double[] ErrorsV { get; }

    /// <summary>Difference of a cell's SOC.</summary>
    public double Soc(int cell) => Socs[cell];

    /// <summary>Its standard deviation.</summary>
    public double SocDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Zz)]);

    /// <summary>Relative difference of a cell's resistance.</summary>
    public double Resistance(int cell) => Resistances[cell];

    /// <summary>Its standard deviation.</summary>
    public double ResistanceDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Rr)]);

    /// <summary>Q_mean / Q − 1.</summary>
    public double InverseCapacity(int cell) => _inverse[cell];

    /// <summary>Its standard deviation.</summary>
    public double InverseCapacityDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Cc)]);

    /// <summary>SOC lost a second beyond the mean cell.</summary>
    public double LeakPerS(int cell) => _leak[cell];

    /// <summary>Its standard deviation.</summary>
    public double LeakPerSDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Ll)]);

    /// <summary>Mean square of the last residuals over what was expected: 1 where all is well.</summary>
    public double Surprise(int cell) => _seen[cell];

    /// <summary>
    /// What three quarters of the cells' surprise stays below (to the power of two beneath it), at least 1: taps fail one by one. Where most
    /// cells surprise at once, the cell file or the time between rows is to blame, and a tap has to stand out from that.
    /// </summary>
    public double CommonSurprise()
    {
        Span<int> counts = stackalloc int[MostSurprisePower + 1];
        counts.Clear();
        for (int i = 0; i < Count; i++) counts[Surprise(i) is var surprise && surprise >= 2 ? Math.Min(MostSurprisePower, Math.ILogB(surprise)) : 0]++;
        int power = 0;
        for (int seen = counts[0]; seen < (3 * Count + 3) / 4; seen += counts[power]) power++;
        return 1 << power;
    }

    /// <summary>Slow voltage error, V.</summary>
    public double ErrorV(int cell) => ErrorsV[cell];

    /// <summary>Variance that was expected of a cell's last residual, V².</summary>
    public double Variance(int cell) => _variance[cell];

    /// <summary>Moves one state of a cell to what is known of it by other means, and widens it; what it had in common with the cell's other states is forgotten.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="row">Its variance: <see cref="Zz"/>, <see cref="Rr"/>, <see cref="Cc"/>, <see cref="Ll"/> or <see cref="Bb"/>.</param>
    /// <param name="change">Added to the state.</param>
    /// <param name="deviation">Added to its deviation by squares.</param>
    public void Adopt(int cell, int row, double change, double deviation)
    {
        int state = row switch { Zz => 0, Rr => 1, Cc => 2, Ll => 3, _ => 4 };
        ReadOnlySpan<double[]> states = [Socs, Resistances, _inverse, _leak, ErrorsV];
        ReadOnlySpan<int> common = state switch { 0 => [Zr, Zc, Zl, Zb], 1 => [Zr, Rc, Rl, Rb], 2 => [Zc, Rc, Cl, Cb], 3 => [Zl, Rl, Cl, Lb], _ => [Zb, Rb, Cb, Lb] };
        states[state][cell] += change;
        _blocks[At(cell, row)] += deviation * deviation;
        foreach (int with in common) _blocks[At(cell, with)] = 0;
        _seen[cell] = 0;
    }

    /// <summary>Starts a cell: nothing known but a first guess of its SOC difference.</summary>
    public void Begin(int cell, double soc)
    {
        for (int row = 0; row < RowCount; row++) _blocks[At(cell, row)] = 0;
        (Socs[cell], Resistances[cell], _inverse[cell], _leak[cell], ErrorsV[cell], _seen[cell]) = (soc, 0, 0, 0, 0, 0);
        _blocks[At(cell, Zz)] = Square(_options.StartSocDeviation);
        _blocks[At(cell, Rr)] = Square(_options.ResistanceFractionDeviation);
        _blocks[At(cell, Cc)] = Square(_options.CapacityFractionDeviation);
        _blocks[At(cell, Ll)] = Square(_options.LeakCRateDeviation / Units.SecondsPerHour);
        _blocks[At(cell, Bb)] = Square(_options.OcvErrorV);
    }

    /// <summary>Keeps all that is known, cell by cell whatever the width of a vector, or takes it back.</summary>
    public void Keep(StateTape tape)
    {
        for (int cell = 0; cell < Count; cell++)
        {
            foreach (double[] states in (ReadOnlySpan<double[]>)[Socs, Resistances, _inverse, _leak, ErrorsV]) states[cell] = tape.Value(states[cell]);
            for (int row = 0; row < RowCount; row++) _blocks[At(cell, row)] = tape.Value(_blocks[At(cell, row)]);
            _seen[cell] = tape.Value(_seen[cell]);
        }
    }

    /// <summary>Widens a cell's SOC for what was not seen, and moves it by what is known to have flowed beside the pack's current.</summary>
    public void Move(int cell, double soc, double deviation)
    {
        Socs[cell] += soc;
        _blocks[At(cell, Zz)] += deviation * deviation;
    }

    /// <summary>Fills in the deviations of the cells' SOC, length <see cref="PaddedCount"/>.</summary>
    /// <param name="meanDeviation">Deviation of the mean cell's SOC.</param>
    /// <param name="socDeviation">Filled.</param>
    public void SocDeviations(double meanDeviation, Span<double> socDeviation)
    {
        var all = All;
        var deviation = Vectors(socDeviation);
        Vector<double> mean = new(meanDeviation * meanDeviation);
        for (int group = 0; group < deviation.Length; group++) deviation[group] = Vector.SquareRoot(all[group * RowCount + Zz] + mean);
    }

    /// <summary>States and covariances of a vector of cells, by the names of the rows.</summary>
    public ReadOnlySpan<Vector<double>> Rows(int group) => All.Slice(group * RowCount, RowCount);

    Span<Vector<double>> All => MemoryMarshal.Cast<double, Vector<double>>(_blocks.AsSpan());

    Span<Vector<double>> Vectors(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values[..PaddedCount]);

    /// <summary>Advances all cells; their covariances with the <see cref="Correct"/> or <see cref="Spread()"/> that follows.</summary>
    /// <param name="socChange">Change of the mean cell's SOC.</param>
    /// <param name="stepS">Step, s.</param>
    /// <param name="dropV">Drop over the mean cell's resistances, V.</param>
    public void Predict(double socChange, double stepS, double dropV)
    {
        Spread();
        double hours = stepS / Units.SecondsPerHour;
        double kept = Math.Exp(-Math.Abs(socChange) / _options.OcvErrorReachSoc), kept2 = kept * kept;
        double error2 = (Square(_options.OcvErrorV) + Square(_options.DropErrorFraction * dropV)) * (1 - kept2) + Square(_options.ErrorWalkV) * hours;
        (_isSpreadDue, _change, _lost, _kept, _kept2, _error) = (true, new(socChange), new(-stepS), new(kept), new(kept2), new(error2));
        (_walkZ, _walkR) = (new(1e-8 * hours), new(Square(_options.ResistanceWalkFractionDeviation) * hours));
        _walkL = new(Square(_options.LeakWalkCRateDeviation / Units.SecondsPerHour) * hours);
        Vector<double> a = _change, lost = _lost, k = _kept;
        Span<Vector<double>> z = Vectors(Socs), c = Vectors(_inverse), l = Vectors(_leak), b = Vectors(ErrorsV);
        for (int group = 0; group < z.Length; group++)
        {
            z[group] = Plus(a, c[group], Plus(lost, l[group], z[group]));
            b[group] *= k;
        }
    }

    /// <summary>Advances the covariances where <see cref="Predict"/> has left that to a <see cref="Correct"/> that did not come.</summary>
    public void Spread()
    {
        if (!_isSpreadDue) return;
        _isSpreadDue = false;
        var all = All;
        for (int group = 0; group < _groups; group++) Spread(all.Slice(group * RowCount, RowCount));
    }

    /// <summary>Covariance of a group of cells after a step. Done when the cells are corrected: so all of it passes through the cache once a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Spread(Span<Vector<double>> p)
    {
        _ = p[RowCount - 1]; // one check of the bounds instead of forty
        Vector<double> a = _change, lost = _lost, k = _kept;
        Vector<double> cc = p[Cc], cl = p[Cl], ll = p[Ll], rc = p[Rc], rl = p[Rl], cb = p[Cb], lb = p[Lb], oldZc = p[Zc], oldZl = p[Zl];
        Vector<double> zc = Plus(a, cc, Plus(lost, cl, oldZc)), zl = Plus(a, cl, Plus(lost, ll, oldZl));
        p[Zz] = Plus(a, oldZc + zc, Plus(lost, oldZl + zl, p[Zz] + _walkZ));
        p[Zr] = Plus(a, rc, Plus(lost, rl, p[Zr]));
        p[Zb] = k * Plus(a, cb, Plus(lost, lb, p[Zb]));
        (p[Zc], p[Zl]) = (zc, zl);
        p[Rr] += _walkR;
        p[Cc] = Vector.Max(cc, _leastCc);
        p[Ll] = ll + _walkL;
        p[Rb] *= k;
        p[Cb] = cb * k;
        p[Lb] = lb * k;
        p[Bb] = Plus(p[Bb], _kept2, _error);
    }

    /// <summary>Takes in what each cell's voltage says.</summary>
    /// <param name="residualV">Measured minus expected, V.</param>
    /// <param name="meanResidualV">What all of them have in common, V: the mean cell's to explain.</param>
    /// <param name="slopeV">Slope of the OCV at each cell's SOC, V.</param>
    /// <param name="dropV">Drop of the mean cell at each cell's temperature, V.</param>
    /// <param name="trust">1 for a cell that is measured, 0 for one that is not.</param>
    /// <param name="near">1 for a cell that takes part in the mean, 0 for one that does not; never one that is not measured.</param>
    /// <param name="learnsLeaks">
    /// True in a settled rest. Under load and while voltages relax, what looks like a leak is what the circuit does not know: there the
    /// leak is only considered (Schmidt's filter: Simon, "Optimal State Estimation" (2006), section 10.2).
    /// </param>
    public void Correct(
        ReadOnlySpan<double> residualV, double meanResidualV, ReadOnlySpan<double> slopeV, ReadOnlySpan<double> dropV, ReadOnlySpan<double> trust, ReadOnlySpan<double> near, bool learnsLeaks)
    {
        var all = All;
        var residual = MemoryMarshal.Cast<double, Vector<double>>(residualV)[.._groups];
        var slope = MemoryMarshal.Cast<double, Vector<double>>(slopeV)[.._groups];
        var drop = MemoryMarshal.Cast<double, Vector<double>>(dropV)[.._groups];
        var measured = MemoryMarshal.Cast<double, Vector<double>>(trust)[.._groups];
        var member = MemoryMarshal.Cast<double, Vector<double>>(near)[.._groups];
        Vector<double> members = Vector<double>.Zero, sumZ = members, sumR = members, sumC = members, sumL = members, sumB = members;
        Vector<double> leaks = new(learnsLeaks ? 1.0 : 0.0), forget = new(0.02), most = new(100), noise = new(Square(_options.NoiseV)), sixteenth = new(1.0 / 16);
        Vector<double> dynamic = new(Square(_options.DropErrorFraction)), common = new(-meanResidualV), floor = new(1e-16), tiny = new(1e-24);
        Span<Vector<double>> stateZ = Vectors(Socs), stateR = Vectors(Resistances), stateC = Vectors(_inverse), stateL = Vectors(_leak), stateB = Vectors(ErrorsV), surprise = Vectors(_seen), expected = Vectors(_variance);
        bool isSpreadDue = _isSpreadDue;
        _isSpreadDue = false;
        for (int group = 0; group < residual.Length; group++)
        {
            var p = all.Slice(group * RowCount, RowCount);
            _ = p[RowCount - 1];
            if (isSpreadDue) Spread(p);
            Vector<double> seen = surprise[group], s = slope[group], d = drop[group], trusted = measured[group], y = Plus(trusted, common, residual[group]);
            Vector<double> zz = p[Zz], zr = p[Zr], zc = p[Zc], zl = p[Zl], zb = p[Zb], rr = p[Rr], rb = p[Rb], bb = p[Bb];
            Vector<double> z = Plus(s, zz, Plus(d, zr, zb)), r = Plus(s, zr, Plus(d, rr, rb)), c = Plus(s, zc, Plus(d, p[Rc], p[Cb]));
            Vector<double> l = Plus(s, zl, Plus(d, p[Rl], p[Lb])), b = Plus(s, zb, Plus(d, rb, bb));
            Vector<double> variance = Plus(s, z, Plus(d, r, b)) + Plus(dynamic * d, d, noise), y2 = y * y, inverse = Vector<double>.One / variance;
            expected[group] = variance;
            surprise[group] = Plus(forget * trusted, Vector.Min(most, y2 * inverse) - seen, seen);

            // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
            var limit = sixteenth * y2;
            if (Vector.GreaterThanAny(limit, variance)) inverse = Vector<double>.One / Vector.Max(variance, limit);
            inverse *= trusted;
            Vector<double> step = inverse * y, minus = -inverse, gz = minus * z, gr = minus * r, gc = minus * c, gl = minus * l, gb = minus * b;
            stateZ[group] = Plus(z, step, stateZ[group]);
            stateR[group] = Plus(r, step, stateR[group]);
            stateC[group] = Plus(c, step, stateC[group]);
            stateL[group] = Plus(leaks * l, step, stateL[group]);
            stateB[group] = Plus(b, step, stateB[group]);
            var shared = member[group] * step;
            members += member[group];
            sumZ = Plus(z, shared, sumZ);
            sumR = Plus(r, shared, sumR);
            sumC = Plus(c, shared, sumC);
            sumL = Plus(leaks * l, shared, sumL);
            sumB = Plus(b, shared, sumB);
            p[Zz] = Vector.Max(Plus(gz, z, zz), floor);
            p[Zr] = Plus(gz, r, zr);
            p[Zc] = Plus(gz, c, zc);
            p[Zl] = Plus(gz, l, zl);
            p[Zb] = Plus(gz, b, zb);
            p[Rr] = Vector.Max(Plus(gr, r, rr), floor);
            p[Rc] = Plus(gr, c, p[Rc]);
            p[Rl] = Plus(gr, l, p[Rl]);
            p[Rb] = Plus(gr, b, rb);
            p[Cc] = Vector.Max(Plus(gc, c, p[Cc]), floor);
            p[Cl] = Plus(gc, l, p[Cl]);
            p[Cb] = Plus(gc, b, p[Cb]);
            p[Ll] = Vector.Max(Plus(leaks * gl, l, p[Ll]), tiny);
            p[Lb] = Plus(gl, b, p[Lb]);
            p[Bb] = Vector.Max(Plus(gb, b, bb), floor);
        }

        double count = Vector.Sum(members);
        double share = count > 0 ? -1 / count : 0;
        Centre(stateZ, member, share * Vector.Sum(sumZ));
        Centre(stateR, member, share * Vector.Sum(sumR));
        Centre(stateC, member, share * Vector.Sum(sumC));
        Centre(stateL, member, share * Vector.Sum(sumL));
        Centre(stateB, member, share * Vector.Sum(sumB));
    }

    /// <summary>
    /// Takes back what the corrections had in common: differences have no mean, that is the mean cell's to explain. No voltage tells a common
    /// part here from one of the mean cell, so without this the two walk apart for ever (seen on recorded packs: resistances at −1.4 here and
    /// 2.4 times there, cells 0.09 fuller than the mean cell). Cells that are no part of the mean move by themselves.
    /// </summary>
    static void Centre(Span<Vector<double>> states, ReadOnlySpan<Vector<double>> member, double common)
    {
        Vector<double> back = new(common);
        states = states[..member.Length];
        for (int group = 0; group < member.Length; group++) states[group] = Plus(member[group], back, states[group]);
    }

    /// <summary>a·b + c, rounded once: the same on every machine.</summary>
    static Vector<double> Plus(Vector<double> a, Vector<double> b, Vector<double> c) => Vector.FusedMultiplyAdd(a, b, c);

    static double Square(double value) => value * value;

    static int At(int cell, int row) => (cell / s_lanes * RowCount + row) * s_lanes + cell % s_lanes;
}
