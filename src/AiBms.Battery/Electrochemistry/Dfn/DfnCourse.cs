using AiBms.Battery.Electrochemistry.Transport;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>Steps of a Doyle–Fuller–Newman model under a current that runs straight from knot to knot, as a drive cycle's does.</summary>
/// <remarks>
/// In a step the reaction in each cell runs straight in time: particles then have a closed form, whatever their fast modes, and Newton's method
/// sees salt and potentials at the step's end alone. Salt goes by a rule of order two (θ a little above ½, so that what is fastest dies away).
/// The solution of one unit of current, kept from the step before, predicts where the current of this step leads; how far the prediction is
/// off tells how much the reaction bends.
/// </remarks>
sealed class DfnCourse : IStepper
{
    /// <summary>Weight of a step's end in the salt's rule.</summary>
    const double Theta = 0.52;

    /// <summary>Newton's method leaves this share of the tolerance.</summary>
    const double Leftover = 0.03;

    /// <summary>Potentials bend on this scale, V: twice 2RT/F.</summary>
    const double BendV = 0.05;

    /// <summary>Changes up to this, V, are followed with the slopes at hand.</summary>
    const double ChordV = 5e-3;

    const double Safety = 0.9, Growth = 4, SmallestShrink = 0.2, SmallestStepS = 1e-8;
    const int MostRounds = 12;

    readonly DfnSystem _cell;
    readonly CourseElectrode[] _electrodes;
    readonly ElectrolyteTransport _transport;
    readonly SolidConduction _conduction;
    readonly TransportMatrix _matrix;
    readonly double[] _start, _end, _cells, _byCurrent, _rate, _balance, _salt, _electrolyte, _solid, _saltRate;
    readonly int _n, _saltAt, _potentials;
    double _startA, _endA, _bend;
    bool _predicts, _hasRate;

    public DfnCourse(DfnSystem cell)
    {
        _cell = cell;
        (var negative, var positive, _transport, _conduction, _matrix, _saltAt) = cell.Parts;
        _electrodes = [new(negative), new(positive)];
        (_n, _potentials) = (cell.Mesh.Count, cell.DifferentialCount);
        (_start, _end) = (new double[cell.Size], new double[cell.Size]);
        (_cells, _byCurrent) = (new double[TransportMatrix.Block * _n], new double[TransportMatrix.Block * _n]);
        (_rate, _balance, _saltRate) = (new double[_n], new double[2 * _n], new double[_n]);
        (_salt, _electrolyte, _solid) = (new double[_n], new double[_n], new double[_n]);
    }

    public double Time { get; private set; }

    public double StepStart { get; private set; }

    public double NextStep { get; private set; }

    public ReadOnlySpan<double> State => _end;

    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    public void Start(double time, ReadOnlySpan<double> state, double firstStep)
    {
        state.CopyTo(_end);
        (Time, StepStart, NextStep) = (time, time, firstStep);
        (_predicts, _hasRate) = (false, false);
    }

    public StepOutcome Step(double limit)
    {
        double begin = Time, length = NextStep, left = limit - begin;
        _end.CopyTo(_start, 0);
        if (!_hasRate) Begin();
        foreach (var electrode in _electrodes) electrode.Last.CopyTo(electrode.First, 0);
        while (true)
        {
            bool last = length >= left * (1 - 1e-9);
            double taken = last ? left : length > 0.5 * left ? 0.5 * left : length, error = Attempt(begin, taken);
            double factor = error > 0 ? Math.Clamp(Safety / Math.Sqrt(error), SmallestShrink, Growth) : double.IsNaN(error) ? 0.25 : Growth;
            if (error <= 1)
            {
                Finish(taken);
                (StepStart, Time) = (begin, last ? limit : begin + taken);
                NextStep = taken < length ? Math.Max(length, taken * factor) : taken * factor;
                Accepted++;
                return StepOutcome.Accepted;
            }

            Rejected++;
            length = NextStep = taken * Math.Min(factor, Safety);
            if (length > SmallestStepS) continue;
            Back(begin);
            return StepOutcome.StepTooSmall;
        }
    }

    public bool Redo(double end)
    {
        double begin = StepStart;
        _start.CopyTo(_end, 0);
        Time = begin;
        Begin();
        _predicts = false;
        if (double.IsFinite(Attempt(begin, end - begin)))
        {
            Finish(end - begin);
            (StepStart, Time) = (begin, end);
            return true;
        }

        Back(begin);
        return false;
    }

    public void Interpolate(double time, Span<double> state)
    {
        for (int i = 0; i < state.Length; i++) state[i] = Interpolate(time, i);
    }

    public double Interpolate(double time, int component)
    {
        double theta = Time > StepStart ? (time - StepStart) / (Time - StepStart) : 1;
        return _start[component] + theta * (_end[component] - _start[component]);
    }

    /// <summary>Reaction and salt rate where a course begins.</summary>
    void Begin()
    {
        Span<double> derivatives = stackalloc double[_cell.Size];
        _cell.Evaluate(Time, _end, derivatives);
        derivatives.Slice(_saltAt, _n).CopyTo(_saltRate);
        foreach (var electrode in _electrodes) electrode.Electrode.Reaction.AsSpan(0, electrode.Last.Length).CopyTo(electrode.Last);
        Take(_end);
        _hasRate = true;
    }

    void Take(ReadOnlySpan<double> state)
    {
        state.Slice(_saltAt, _n).CopyTo(_salt);
        for (int i = 0; i < _n; i++) (_electrolyte[i], _solid[i]) = (state[_potentials + 2 * i], state[_potentials + 2 * i + 1]);
    }

    void Back(double begin)
    {
        _start.CopyTo(_end, 0);
        (Time, StepStart, _hasRate, _predicts) = (begin, begin, false, false);
    }

    /// <summary>Goes a step from the start; at most 1 is a good one, NaN none.</summary>
    double Attempt(double begin, double tau)
    {
        double temperatureK = _cell.TemperatureK(_start), shift = 1 / (Theta * tau), area = _cell.Set.ElectrodeAreaM2;
        (_startA, _endA) = (_start[_cell.CurrentIndex], _cell.Load.CurrentGuessA(begin + tau));
        double jumpA = _predicts ? _endA - _startA : 0;
        Take(_start);
        for (int k = 0; k < _electrodes.Length; k++)
        {
            var electrode = _electrodes[k];
            electrode.First.CopyTo(electrode.Last, 0);
            electrode.Prepare(_cell.Particles(_start, k), tau, temperatureK);
            Lanes.AddScaled(electrode.Last, electrode.ByCurrent, jumpA);
        }

        for (int i = 0; i < _n; i++)
        {
            _salt[i] += jumpA * _byCurrent[3 * i];
            _electrolyte[i] += jumpA * _byCurrent[3 * i + 1];
            _solid[i] += jumpA * _byCurrent[3 * i + 2];
        }

        _cell.TakeBranches(_endA);
        _bend = 0;
        double before = double.PositiveInfinity;
        for (int round = 0; round < MostRounds; round++)
        {
            Residuals(temperatureK, shift, area);
            bool isFresh = !(before <= ChordV);
            if (isFresh)
            {
                _transport.Fill(_matrix, shift);
                foreach (var electrode in _electrodes)
                {
                    electrode.Condense();
                    ReactionBalance.Fill(electrode.Electrode, _transport.SaltPerCharge, _cell.Mesh.WidthM, _matrix);
                }

                _conduction.Fill(_matrix);
                if (!_matrix.Factorise()) return double.NaN;
            }

            Close();
            _matrix.Solve(_cells);
            double change = Update(round == 0);
            if (!double.IsFinite(change)) return double.NaN;
            double next = isFresh ? change * change / BendV : change * Math.Min(1, before / BendV);
            if (next <= Leftover * _cell.Tolerance) return Error(tau);
            before = change;
        }

        return double.NaN;
    }

    /// <summary>Right-hand sides of salt and charge at the iterate.</summary>
    void Residuals(double temperatureK, double shift, double area)
    {
        _transport.Evaluate(_salt, _electrolyte, temperatureK);
        _transport.Balance(_rate, _balance);
        foreach (var electrode in _electrodes)
        {
            electrode.React(_salt, _electrolyte, _solid, temperatureK);
            ReactionBalance.Add(electrode.Electrode, electrode.Last, _transport.SaltPerCharge, _cell.Mesh.WidthM, _rate, _balance);
        }

        _conduction.Balance(_solid, _endA / area, _balance);
        const double past = (1 - Theta) / Theta;
        for (int i = 0; i < _n; i++)
        {
            _cells[3 * i] = _rate[i] - (_salt[i] - _start[_saltAt + i]) * shift + past * _saltRate[i];
            _cells[3 * i + 1] = _balance[2 * i];
            _cells[3 * i + 2] = _balance[2 * i + 1];
        }
    }

    /// <summary>What closes the gap between the reaction and its kinetics, in salt and charge.</summary>
    void Close()
    {
        double[] salt = _transport.SaltPerCharge, width = _cell.Mesh.WidthM;
        foreach (var electrode in _electrodes)
            for (int i = 0, cell = electrode.Electrode.FirstCell; i < electrode.Last.Length; i++, cell++)
            {
                double source = electrode.Electrode.SurfacePerM[i] * electrode.ClosingAPerM2(i);
                _cells[3 * cell] += salt[cell] * source;
                source *= width[cell];
                _cells[3 * cell + 1] += source;
                _cells[3 * cell + 2] -= source;
            }
    }

    /// <summary>Moves to the next iterate; the largest change of a potential, V.</summary>
    double Update(bool isFirst)
    {
        double largest = 0;
        foreach (var electrode in _electrodes)
        {
            double square = 0;
            for (int i = 0, at = 3 * electrode.Electrode.FirstCell; i < electrode.Last.Length; i++, at += 3)
            {
                double change = electrode.ClosingAPerM2(i) + electrode.Answer(i, _cells[at], _cells[at + 2] - _cells[at + 1]);
                electrode.Last[i] += change;
                square += change * change;
            }

            if (isFirst) _bend = Math.Max(_bend, electrode.Error(Math.Sqrt(square / electrode.Last.Length)));
        }

        for (int i = 0; i < _n; i++)
        {
            _salt[i] += _cells[3 * i];
            _electrolyte[i] += _cells[3 * i + 1];
            _solid[i] += _cells[3 * i + 2];
            largest = Math.Max(largest, Math.Max(Math.Abs(_cells[3 * i + 1]), Math.Abs(_cells[3 * i + 2])));
        }

        return largest;
    }

    /// <summary>How much reaction and salt bend within the step, against the tolerance.</summary>
    double Error(double tau)
    {
        // A parabola is a quarter of its deviation at the end away from its chord half-way.
        double reaction = _predicts ? 0.25 * _bend : 0, salt = 0;
        const double past = (1 - Theta) / Theta;
        for (int i = 0; i < _n; i++)
        {
            double bend = (_salt[i] - _start[_saltAt + i]) / Theta - (1 + past) * tau * _saltRate[i];
            salt += bend * bend;
        }

        // τ·(f₁ − f₀)/2, of which the rule misses about a sixth.
        salt = 0.1 / 12 * Math.Sqrt(salt / _n) / _cell.Set.Electrolyte.ConcentrationMolPerM3;
        return Math.Max(reaction, salt) / _cell.Tolerance;
    }

    /// <summary>Writes the state at the end of the step, and what the next one is predicted from.</summary>
    void Finish(double tau)
    {
        for (int k = 0; k < _electrodes.Length; k++) _electrodes[k].Write(_cell.Particles(_start, k), _cell.Particles(_end, k));
        const double past = (1 - Theta) / Theta;
        double firstV = _cell.VoltageV(_start), firstOhm = _cell.VoltageV(_byCurrent[^1], 1);
        for (int i = 0; i < _n; i++)
        {
            _saltRate[i] = (_salt[i] - _start[_saltAt + i]) / (Theta * tau) - past * _saltRate[i];
            _end[_saltAt + i] = _salt[i];
            (_end[_potentials + 2 * i], _end[_potentials + 2 * i + 1]) = (_electrolyte[i], _solid[i]);
        }

        _end[_cell.CurrentIndex] = _endA;
        Array.Clear(_byCurrent);
        _byCurrent[^1] = 1 / _cell.Set.ElectrodeAreaM2;
        _matrix.Solve(_byCurrent);
        foreach (var electrode in _electrodes)
            for (int i = 0, at = 3 * electrode.Electrode.FirstCell; i < electrode.Last.Length; i++, at += 3)
                electrode.ByCurrent[i] = electrode.Answer(i, _byCurrent[at], _byCurrent[at + 2] - _byCurrent[at + 1]);

        // Half-way the voltage is off its chord by what its slopes differ.
        double lastV = _cell.VoltageV(_end), middleV = 0.5 * (firstV + lastV);
        if (_predicts) middleV += (firstOhm - _cell.VoltageV(_byCurrent[^1], 1)) * (_endA - _startA) / 8;
        _end[_cell.ChargeIndex] = _start[_cell.ChargeIndex] + 0.5 * tau * (_startA + _endA);
        _end[_cell.EnergyIndex] = _start[_cell.EnergyIndex] + tau / 6 * (_startA * firstV + 2 * (_startA + _endA) * middleV + _endA * lastV);
        _predicts = true;
    }
}
