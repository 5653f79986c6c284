using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Looks back over up to an hour for a cell that loses charge beside the pack's current: a short too small to be seen at once.</summary>
/// <remarks>
/// y = w − c·q, with w the difference of SOC that a cell's voltage shows, c what is known of its capacity when a window begins, q the change of
/// the mean cell's SOC since then. A sound cell stays: y = a. A capacity that was not known, or is another: y = a + δ·q. A short: y = a − k·t.
/// They are told apart by what they leave, for every term they have, as in <see cref="CellHolds"/>; in a rest q stands still, and only a short
/// is left. Windows overlap by half: a short that begins within one is whole in the next.
/// </remarks>
sealed class LossWatch
{
    /// <summary>Time between rows, length of a window and what is between the beginnings of two, s; how often it is looked at.</summary>
    const double EveryS = 10, WindowS = 3600, LookS = 60;

    /// <summary>A sound cell leaves this in each row, V and as a share of the drop.</summary>
    const double LeftV = 0.002, LeftDropFraction = 0.05;

    /// <summary>How much better than none, and than another capacity, a short must be; a capacity as far off as the last is no surprise, relative.</summary>
    const double Surely = 36, ClearlyBetter = 12, CapacityDeviation = 0.1;

    /// <summary>So many times what is usual of the others a loss must be, and so many others there must be.</summary>
    const double Unusual = 8, LeastCells = 4;

    /// <summary>More than this a sound cell's resistance does not change within a window, relative.</summary>
    const double MostChange = 0.05;

    /// <summary>A tap that stands still, V, in so many rows on end seems to lose what the others gain in a charge: it is not believed then.</summary>
    const double StillV = 1e-4;

    const int MostStillRows = 3;

    /// <summary>Least loss, C, and least charge and voltage that it has cost.</summary>
    const double LeastCRate = 0.01, LeastSoc = 0.003, LeastV = 0.003;

    readonly Bank[] _banks;
    readonly bool[] _wasTap;
    readonly double[] _lastV;
    readonly int[] _stillRows;
    double _agoS, _lookS, _sinceS;
    int _next;

    public LossWatch(int paddedCount)
    {
        (_banks, _wasTap) = ([new(paddedCount), new(paddedCount)], new bool[paddedCount]);
        (_lastV, _stillRows) = (new double[paddedCount], new int[paddedCount]);
    }

    /// <summary>Begins anew.</summary>
    public void Start()
    {
        (_agoS, _lookS, _sinceS) = (0, 0, WindowS / 2);
        foreach (var bank in _banks) bank.Rows = 0;
    }

    /// <summary>True when a row is due after this time, s.</summary>
    public bool IsDue(double passedS) => (_agoS += passedS) >= EveryS;

    /// <summary>Takes in a row.</summary>
    /// <param name="row">All cells.</param>
    /// <returns>True where it is time to look for losses.</returns>
    public bool Add(in LossRow row)
    {
        for (int i = 0; i < _lastV.Length; i++)
        {
            _stillRows[i] = Math.Abs(row.VoltageV[i] - _lastV[i]) < StillV ? _stillRows[i] + 1 : 0;
            _lastV[i] = row.VoltageV[i];
        }

        _sinceS += _agoS;
        if (_sinceS >= WindowS / 2)
        {
            _banks[_next].Begin(row);
            (_next, _sinceS) = (1 - _next, 0);
        }

        double left2 = LeftV * LeftV + LeftDropFraction * LeftDropFraction * row.DropV * row.DropV;
        foreach (var bank in _banks) bank.Add(row, _agoS, row.SlopeV * row.SlopeV / left2);
        _lookS += _agoS;
        _agoS = 0;
        if (_lookS < LookS) return false;
        _lookS = 0;
        return true;
    }

    /// <summary>Looks at what is usual of all cells, before each of them is asked for: what the circuit does not know looks like losses and gains in all of them.</summary>
    /// <param name="count">Cells.</param>
    public void Weigh(int count)
    {
        foreach (var bank in _banks) bank.Weigh(count);
    }

    /// <summary>What a cell surely loses.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="resistance">Its relative difference of resistance: what changed that may have changed its capacity as well, and is no short.</param>
    /// <param name="slopeV">Slope of the OCV, V.</param>
    /// <param name="loss">What is known of it.</param>
    public bool Loses(int cell, double resistance, double slopeV, out CellLoss loss)
    {
        if (!_wasTap[cell] && _stillRows[cell] < MostStillRows)
            foreach (var bank in _banks)
                if (bank.Loses(cell, resistance, slopeV, out loss)) return true;
        loss = default;
        return false;
    }

    /// <summary>Says whether a cell's tap was ever wrong: what such a tap shows is no loss, also where it is in line for a while.</summary>
    public void Distrust(int cell, bool wasTap) => _wasTap[cell] = wasTap;

    /// <summary>Leaves a cell out until the next windows.</summary>
    public void Forget(int cell)
    {
        foreach (var bank in _banks) bank.Forget(cell);
    }

    static Span<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

    /// <summary>Sums of one window.</summary>
    sealed class Bank(int paddedCount)
    {
        readonly double[] _c = new double[paddedCount], _r = new double[paddedCount], _b = new double[paddedCount];
        readonly bool[] _isIn = new bool[paddedCount];
        readonly double[] _y = new double[paddedCount], _yt = new double[paddedCount], _yq = new double[paddedCount], _yy = new double[paddedCount];
        double _s, _t, _q, _tt, _tq, _qq, _timeS, _soc, _cells, _loss2, _left;

        public int Rows { get; set; }

        public void Begin(in LossRow row)
        {
            Rows = 1;
            (_s, _t, _q, _tt, _tq, _qq, _timeS, _soc) = (0, 0, 0, 0, 0, 0, 0, 0);
            row.InverseCapacity.CopyTo(_c, 0);
            row.Resistance.CopyTo(_r, 0);
            row.ErrorV.CopyTo(_b, 0);
            Array.Fill(_isIn, true);
            foreach (double[] sums in (ReadOnlySpan<double[]>)[_y, _yt, _yq, _yy]) Array.Clear(sums);
        }

        public void Forget(int cell) => _isIn[cell] = false;

        public void Add(in LossRow row, double passedS, double weight)
        {
            if (Rows == 0) return;
            if (Rows++ > 1) (_timeS, _soc) = (_timeS + passedS, _soc + row.ChangeSoc);
            double hours = _timeS / Units.SecondsPerHour;
            (_s, _t, _q) = (_s + weight, _t + weight * hours, _q + weight * _soc);
            (_tt, _tq, _qq) = (_tt + weight * hours * hours, _tq + weight * hours * _soc, _qq + weight * _soc * _soc);
            Span<Vector<double>> y = Vectors(_y), yt = Vectors(_yt), yq = Vectors(_yq), yy = Vectors(_yy), c = Vectors(_c), b0 = Vectors(_b);
            Span<Vector<double>> z = Vectors(row.Soc), off = Vectors(row.OffV), b = Vectors(row.ErrorV);
            Vector<double> w = new(weight), t = new(hours), q = new(_soc), slope = new(row.SlopeV);
            for (int k = 0; k < y.Length; k++)
            {
                var own = z[k] + (off[k] + b[k] - b0[k]) / slope - c[k] * q;
                var weighed = w * own;
                y[k] += weighed;
                yt[k] += weighed * t;
                yq[k] += weighed * q;
                yy[k] += weighed * own;
            }
        }

        public void Weigh(int count)
        {
            (_cells, _loss2, _left) = (0, 0, 0);
            for (int i = 0; i < count; i++)
            {
                if (!_isIn[i]) continue;
                (double lossPerH, double asShort, _, _) = Fit(i);
                (_cells, _loss2, _left) = (_cells + 1, _loss2 + lossPerH * lossPerH, _left + asShort);
            }
        }

        (double LossPerH, double AsShort, double AsCapacity, double AsNone) Fit(int cell)
        {
            double tt = _tt - _t * _t / _s, qq = _qq - _q * _q / _s, yt = _yt[cell] - _y[cell] * _t / _s, yq = _yq[cell] - _y[cell] * _q / _s, yy = _yy[cell] - _y[cell] * _y[cell] / _s;
            if (!(tt > 0)) return (0, 0, 0, 0);
            return (-yt / tt, yy - yt * yt / tt, yy - yq * yq / (qq + 1 / (CapacityDeviation * CapacityDeviation)), yy);
        }

        public bool Loses(int cell, double resistance, double slopeV, out CellLoss loss)
        {
            loss = default;
            if (Rows == 0 || !_isIn[cell] || _cells < LeastCells || Math.Abs(resistance - _r[cell]) > MostChange) return false;
            (double lossPerH, double asShort, double asCapacity, double asNone) = Fit(cell);
            double lostSoc = lossPerH * _timeS / Units.SecondsPerHour;
            if (!(lossPerH > LeastCRate && lostSoc > LeastSoc && lostSoc * slopeV > LeastV)) return false;
            double usual = Math.Max(1, (_left - asShort) / (_cells - 1) / Rows), usual2 = (_loss2 - lossPerH * lossPerH) / (_cells - 1);
            if (lossPerH * lossPerH < Unusual * Unusual * usual2) return false;
            if (asNone - asShort < Surely * usual || asCapacity - asShort < ClearlyBetter * usual || asShort > Math.Max(9 * usual * Rows, 0.2 * asNone)) return false;
            loss = new(lossPerH / Units.SecondsPerHour, _timeS, _c[cell]);
            return true;
        }
    }
}
