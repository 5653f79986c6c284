using System.Numerics;
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
    // Rows of a block of cells: five states, then the upper triangle of their covariance, then how surprising the cell has been.
    const int Z = 0, R = 1, C = 2, L = 3, B = 4, Zz = 5, Zr = 6, Zc = 7, Zl = 8, Zb = 9, Rr = 10, Rc = 11, Rl = 12, Rb = 13, Cc = 14, Cl = 15, Cb = 16, Ll = 17, Lb = 18, Bb = 19, Seen = 20, Rows = 21;

    const int MostSurprisePower = 7;

    static readonly int s_lanes = Vector<double>.Count;

    readonly DifferenceOptions _options;
    readonly double[] _blocks;
    readonly int _groups;

    /// <param name="cellCount">Cells, at least 1.</param>
    /// <param name="options">Beliefs.</param>
    public DifferenceFilters(int cellCount, DifferenceOptions options)
    {
        _options = options.Validated();
        Count = cellCount;
        _groups = (cellCount + s_lanes - 1) / s_lanes;
        PaddedCount = _groups * s_lanes;
        _blocks = new double[_groups * Rows * s_lanes];
        for (int i = 0; i < PaddedCount; i++) Begin(i, 0);
    }

    /// <summary>Cells.</summary>
    public int Count { get; }

    /// <summary>Cells and what fills the last vector: length of the arrays that are handed in.</summary>
    public int PaddedCount { get; }

    /// <summary>Difference of a cell's SOC.</summary>
    public double Soc(int cell) => _blocks[At(cell, Z)];

    /// <summary>Its standard deviation.</summary>
    public double SocDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Zz)]);

    /// <summary>Relative difference of a cell's resistance.</summary>
    public double Resistance(int cell) => _blocks[At(cell, R)];

    /// <summary>Its standard deviation.</summary>
    public double ResistanceDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Rr)]);

    /// <summary>Q_mean / Q − 1.</summary>
    public double InverseCapacity(int cell) => _blocks[At(cell, C)];

    /// <summary>Its standard deviation.</summary>
    public double InverseCapacityDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Cc)]);

    /// <summary>SOC lost a second beyond the mean cell.</summary>
    public double LeakPerS(int cell) => _blocks[At(cell, L)];

    /// <summary>Its standard deviation.</summary>
    public double LeakPerSDeviation(int cell) => Math.Sqrt(_blocks[At(cell, Ll)]);

    /// <summary>Mean square of the last residuals over what was expected: 1 where all is well.</summary>
    public double Surprise(int cell) => _blocks[At(cell, Seen)];

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
    public double ErrorV(int cell) => _blocks[At(cell, B)];

    /// <summary>Starts a cell: nothing known but a first guess of its SOC difference.</summary>
    public void Begin(int cell, double soc)
    {
        for (int row = 0; row < Rows; row++) _blocks[At(cell, row)] = 0;
        _blocks[At(cell, Z)] = soc;
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
            for (int row = 0; row < Rows; row++) _blocks[At(cell, row)] = tape.Value(_blocks[At(cell, row)]);
    }

    /// <summary>Widens a cell's SOC for what was not seen, and moves it by what is known to have flowed beside the pack's current.</summary>
    public void Move(int cell, double soc, double deviation)
    {
        _blocks[At(cell, Z)] += soc;
        _blocks[At(cell, Zz)] += deviation * deviation;
    }

    /// <summary>Copies what every cell's voltage is expected from, each length <see cref="PaddedCount"/>.</summary>
    /// <param name="soc">SOC differences.</param>
    /// <param name="resistanceFraction">Relative differences of resistance.</param>
    /// <param name="errorV">Slow voltage errors, V.</param>
    public void CopyStates(Span<double> soc, Span<double> resistanceFraction, Span<double> errorV)
    {
        var all = MemoryMarshal.Cast<double, Vector<double>>(_blocks.AsSpan());
        Span<Vector<double>> z = Vectors(soc), r = Vectors(resistanceFraction), b = Vectors(errorV);
        for (int group = 0; group < z.Length; group++)
        {
            var p = all.Slice(group * Rows, Rows);
            (z[group], r[group], b[group]) = (p[Z], p[R], p[B]);
        }
    }

    /// <summary>Fills in the deviations of the cells' SOC, length <see cref="PaddedCount"/>.</summary>
    /// <param name="meanDeviation">Deviation of the mean cell's SOC.</param>
    /// <param name="socDeviation">Filled.</param>
    public void SocDeviations(double meanDeviation, Span<double> socDeviation)
    {
        var all = MemoryMarshal.Cast<double, Vector<double>>(_blocks.AsSpan());
        var deviation = Vectors(socDeviation);
        Vector<double> mean = new(meanDeviation * meanDeviation);
        for (int group = 0; group < deviation.Length; group++) deviation[group] = Vector.SquareRoot(all[group * Rows + Zz] + mean);
    }

    Span<Vector<double>> Vectors(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values[..PaddedCount]);

    /// <summary>Advances all cells.</summary>
    /// <param name="socChange">Change of the mean cell's SOC.</param>
    /// <param name="stepS">Step, s.</param>
    /// <param name="dropV">Drop over the mean cell's resistances, V.</param>
    public void Predict(double socChange, double stepS, double dropV)
    {
        double hours = stepS / Units.SecondsPerHour;
        double kept = Math.Exp(-Math.Abs(socChange) / _options.OcvErrorReachSoc), kept2 = kept * kept;
        double error2 = (Square(_options.OcvErrorV) + Square(_options.DropErrorFraction * dropV)) * (1 - kept2) + Square(_options.ErrorWalkV) * hours;
        Vector<double> a = new(socChange), lost = new(-stepS), k = new(kept), k2 = new(kept2), q = new(error2), least = new(Square(_options.LeastCapacityFractionDeviation));
        Vector<double> walkR = new(Square(_options.ResistanceWalkFractionDeviation) * hours), walkZ = new(1e-8 * hours);
        Vector<double> walkL = new(Square(_options.LeakWalkCRateDeviation / Units.SecondsPerHour) * hours);
        var all = MemoryMarshal.Cast<double, Vector<double>>(_blocks.AsSpan());
        for (int group = 0; group < _groups; group++)
        {
            var p = all.Slice(group * Rows, Rows);
            _ = p[Rows - 1]; // one check of the bounds instead of forty
            Vector<double> cc = p[Cc], cl = p[Cl], ll = p[Ll], rc = p[Rc], rl = p[Rl], cb = p[Cb], lb = p[Lb], oldZc = p[Zc], oldZl = p[Zl];
            Vector<double> zc = Plus(a, cc, Plus(lost, cl, oldZc)), zl = Plus(a, cl, Plus(lost, ll, oldZl));
            p[Z] = Plus(a, p[C], Plus(lost, p[L], p[Z]));
            p[B] *= k;
            p[Zz] = Plus(a, oldZc + zc, Plus(lost, oldZl + zl, p[Zz] + walkZ));
            p[Zr] = Plus(a, rc, Plus(lost, rl, p[Zr]));
            p[Zb] = k * Plus(a, cb, Plus(lost, lb, p[Zb]));
            (p[Zc], p[Zl]) = (zc, zl);
            p[Rr] += walkR;
            p[Cc] = Vector.Max(cc, least);
            p[Ll] = ll + walkL;
            p[Rb] *= k;
            p[Cb] = cb * k;
            p[Lb] = lb * k;
            p[Bb] = Plus(p[Bb], k2, q);
        }
    }

    /// <summary>Takes in what each cell's voltage says.</summary>
    /// <param name="residualV">Measured minus expected, V.</param>
    /// <param name="slopeV">Slope of the OCV at each cell's SOC, V.</param>
    /// <param name="dropV">Drop of the mean cell at each cell's temperature, V.</param>
    /// <param name="trust">1 for a cell that is measured, 0 for one that is not.</param>
    /// <param name="near">1 for a cell that takes part in the mean, 0 for one that does not; never one that is not measured.</param>
    /// <param name="learnsLeaks">
    /// True in a settled rest. Under load and while voltages relax, what looks like a leak is what the circuit does not know: there the
    /// leak is only considered (Schmidt's filter: Simon, "Optimal State Estimation" (2006), section 10.2).
    /// </param>
    public void Correct(ReadOnlySpan<double> residualV, ReadOnlySpan<double> slopeV, ReadOnlySpan<double> dropV, ReadOnlySpan<double> trust, ReadOnlySpan<double> near, bool learnsLeaks)
    {
        var all = MemoryMarshal.Cast<double, Vector<double>>(_blocks.AsSpan());
        var residual = MemoryMarshal.Cast<double, Vector<double>>(residualV)[.._groups];
        var slope = MemoryMarshal.Cast<double, Vector<double>>(slopeV)[.._groups];
        var drop = MemoryMarshal.Cast<double, Vector<double>>(dropV)[.._groups];
        var measured = MemoryMarshal.Cast<double, Vector<double>>(trust)[.._groups];
        var member = MemoryMarshal.Cast<double, Vector<double>>(near)[.._groups];
        Vector<double> members = Vector<double>.Zero, sumZ = members, sumR = members, sumC = members, sumL = members, sumB = members;
        Vector<double> leaks = new(learnsLeaks ? 1.0 : 0.0), forget = new(0.02), most = new(100), noise = new(Square(_options.NoiseV)), sixteenth = new(1.0 / 16);
        Vector<double> dynamic = new(Square(_options.DropErrorFraction)), floor = new(1e-16), tiny = new(1e-24);
        for (int group = 0; group < residual.Length; group++)
        {
            var p = all.Slice(group * Rows, Rows);
            Vector<double> seen = p[Seen], s = slope[group], d = drop[group], y = residual[group], trusted = measured[group];
            Vector<double> zz = p[Zz], zr = p[Zr], zc = p[Zc], zl = p[Zl], zb = p[Zb], rr = p[Rr], rb = p[Rb], bb = p[Bb];
            Vector<double> z = Plus(s, zz, Plus(d, zr, zb)), r = Plus(s, zr, Plus(d, rr, rb)), c = Plus(s, zc, Plus(d, p[Rc], p[Cb]));
            Vector<double> l = Plus(s, zl, Plus(d, p[Rl], p[Lb])), b = Plus(s, zb, Plus(d, rb, bb));
            Vector<double> variance = Plus(s, z, Plus(d, r, b)) + Plus(dynamic * d, d, noise), y2 = y * y, inverse = Vector<double>.One / variance;
            p[Seen] = Plus(forget * trusted, Vector.Min(most, y2 * inverse) - seen, seen);

            // A residual beyond four deviations is believed only as far as four would be (Huber's weighting).
            var limit = sixteenth * y2;
            if (Vector.GreaterThanAny(limit, variance)) inverse = Vector<double>.One / Vector.Max(variance, limit);
            inverse *= trusted;
            Vector<double> step = inverse * y, minus = -inverse, gz = minus * z, gr = minus * r, gc = minus * c, gl = minus * l, gb = minus * b;
            p[Z] = Plus(z, step, p[Z]);
            p[R] = Plus(r, step, p[R]);
            p[C] = Plus(c, step, p[C]);
            p[L] = Plus(leaks * l, step, p[L]);
            p[B] = Plus(b, step, p[B]);
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
        if (count > 0) Centre(all, member, Vector.Sum(sumZ) / count, Vector.Sum(sumR) / count, Vector.Sum(sumC) / count, Vector.Sum(sumL) / count, Vector.Sum(sumB) / count);
    }

    /// <summary>
    /// Takes back what the corrections had in common: differences have no mean, that is the mean cell's to explain. No voltage tells a common
    /// part here from one of the mean cell, so without this the two walk apart for ever (seen on recorded packs: resistances at −1.4 here and
    /// 2.4 times there, cells 0.09 fuller than the mean cell). Cells that are no part of the mean move by themselves.
    /// </summary>
    static void Centre(Span<Vector<double>> all, ReadOnlySpan<Vector<double>> member, double soc, double resistance, double capacity, double leak, double error)
    {
        Vector<double> z = new(-soc), r = new(-resistance), c = new(-capacity), l = new(-leak), b = new(-error);
        for (int group = 0; group < member.Length; group++)
        {
            var p = all.Slice(group * Rows, B + 1);
            var part = member[group];
            p[Z] = Plus(part, z, p[Z]);
            p[R] = Plus(part, r, p[R]);
            p[C] = Plus(part, c, p[C]);
            p[L] = Plus(part, l, p[L]);
            p[B] = Plus(part, b, p[B]);
        }
    }

    /// <summary>a·b + c, rounded once: the same on every machine.</summary>
    static Vector<double> Plus(Vector<double> a, Vector<double> b, Vector<double> c) => Vector.FusedMultiplyAdd(a, b, c);

    static double Square(double value) => value * value;

    static int At(int cell, int row) => (cell / s_lanes * Rows + row) * s_lanes + cell % s_lanes;
}
