using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>The isothermal single particle model under a current that runs straight in time: its exact solution, at any time.</summary>
/// <remarks>
/// Each mode obeys a' = −λa + c·I with I = I₀ + s·τ, so that a(τ) = a₀e^{−λτ} + c·(I₀·p + s·(τ − p)/λ), p = (1 − e^{−λτ})/λ. Steps serve the
/// search for ends and the energy alone, which is integrated by Lobatto's rule with four points (Simpson's on the short pieces of a drive).
/// </remarks>
sealed class ModalStepper : IStepper
{
    /// <summary>Stoichiometry that a step may use up, so that no end is stepped over and the energy's rule sees every bend of the voltage.</summary>
    const double LargestChange = 0.04;

    const double Growth = 4, SmallestStepS = 1e-8, ShortPieceS = 2;

    /// <summary>Interior point of Lobatto's rule with four points on 0…1.</summary>
    static readonly double Lobatto = 0.5 * (1 - 1 / Math.Sqrt(5));

    readonly SpmSystem _cell;
    readonly ParticleElectrode _negative, _positive;
    readonly int _negativeTerms, _positiveTerms;
    readonly double[] _start, _end, _eigen, _inverse, _gain, _surface, _from;
    readonly Decay _whole, _inside;
    double _negativeRate, _positiveRate, _temperatureK, _negativeFactor, _positiveFactor, _currentA, _slopeAPerS, _largestStepS, _preparedK = double.NaN;

    public ModalStepper(SpmSystem cell)
    {
        (_cell, (_negative, _positive)) = (cell, cell.Electrodes);
        (_negativeTerms, _positiveTerms) = (_negative.Particles.StateCount, _positive.Particles.StateCount);
        (_start, _end) = (new double[cell.Size], new double[cell.Size]);
        int lanes = Vector<double>.Count, padded = (_negativeTerms + _positiveTerms + lanes - 1) / lanes * lanes;
        (_eigen, _inverse, _gain, _surface, _from) = (new double[padded], new double[padded], new double[padded], new double[padded], new double[padded]);
        (_whole, _inside) = (new(padded), new(padded));
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
        Prepare();
    }

    public StepOutcome Step(double limit)
    {
        _end.CopyTo(_start, 0);
        double begin = Time, length = Math.Min(NextStep, _largestStepS), left = limit - begin;
        Take(begin);
        while (true)
        {
            bool last = length >= left * (1 - 1e-9);
            double taken = last ? left : length;
            At(taken, _whole, _end);
            if (double.IsFinite(_end[_cell.CollectorIndex]))
            {
                AddEnergy(taken);
                (StepStart, Time) = (begin, last ? limit : begin + taken);
                NextStep = Math.Max(NextStep, length * Growth);
                Accepted++;
                return StepOutcome.Accepted;
            }

            // A surface ran empty or full within the step.
            Rejected++;
            length = 0.5 * taken;
            if (length > SmallestStepS) continue;
            _start.CopyTo(_end, 0);
            (Time, StepStart) = (begin, begin);
            return StepOutcome.StepTooSmall;
        }
    }

    public bool Redo(double end)
    {
        At(end - StepStart, _whole, _end);
        Time = end;
        if (double.IsFinite(_end[_cell.CollectorIndex]))
        {
            AddEnergy(end - StepStart);
            return true;
        }

        _start.CopyTo(_end, 0);
        Time = StepStart;
        return false;
    }

    public void Interpolate(double time, Span<double> state)
    {
        if (time == Time)
        {
            _end.CopyTo(state);
            return;
        }

        At(time - StepStart, _inside, state);
        double share = Time > StepStart ? (time - StepStart) / (Time - StepStart) : 1;
        state[_cell.EnergyIndex] = _start[_cell.EnergyIndex] + share * (_end[_cell.EnergyIndex] - _start[_cell.EnergyIndex]);
    }

    public double Interpolate(double time, int component)
    {
        if (time == Time) return _end[component];
        if (component == _cell.CurrentIndex) return _currentA + _slopeAPerS * (time - StepStart);
        if (component == _cell.CollectorIndex) return VoltageV(time - StepStart, _inside);
        Span<double> state = stackalloc double[_cell.Size];
        Interpolate(time, state);
        return state[component];
    }

    /// <summary>What a temperature sets.</summary>
    void Prepare()
    {
        _temperatureK = _cell.AmbientTemperatureK;
        if (_temperatureK == _preparedK) return;
        _preparedK = _temperatureK;
        (_negativeFactor, _positiveFactor) = (_negative.ExchangeFactor(_temperatureK), _positive.ExchangeFactor(_temperatureK));
        _negativeRate = Fill(_negative, 0);
        _positiveRate = Fill(_positive, _negativeTerms);
        _whole.Forget();
        _inside.Forget();
    }

    double Fill(ParticleElectrode electrode, int at)
    {
        var particles = (ModalParticles)electrode.Particles;
        double ratePerS = particles.RatePerS(_temperatureK), meanRate = particles.MeanRate * electrode.ReactionPerA;
        for (int k = 0; k < particles.Modes.Count; k++)
        {
            (_surface[at + k], _gain[at + k]) = (particles.Modes.SurfaceValues[k], meanRate * particles.Modes.SurfaceValues[k]);
            (_eigen[at + k], _inverse[at + k]) = k == 0 ? (0, 0) : (ratePerS * particles.Modes.Eigenvalues[k], 1 / (ratePerS * particles.Modes.Eigenvalues[k]));
        }

        return meanRate;
    }

    /// <summary>Takes start and load of a step.</summary>
    void Take(double begin)
    {
        _start.AsSpan(0, _negativeTerms + _positiveTerms).CopyTo(_from);
        _currentA = _cell.Load.CurrentGuessA(begin);
        _slopeAPerS = _cell.Load.CurrentGuessA(begin + 1) - _currentA;
        // The largest h with |I|·h + |s|·h²/2 within the charge of that change.
        double charge = LargestChange / Math.Max(Math.Abs(_negativeRate), Math.Abs(_positiveRate)), size = Math.Abs(_currentA);
        _largestStepS = 2 * charge / (size + Math.Sqrt(size * size + 2 * Math.Abs(_slopeAPerS) * charge));
    }

    /// <summary>The state at a time after the step's start, all but its energy.</summary>
    void At(double tau, Decay decay, Span<double> state)
    {
        decay.Prepare(tau, _eigen, _inverse);
        double currentA = _currentA + _slopeAPerS * tau;
        Span<double> modes = stackalloc double[_from.Length];
        Modes(decay, modes);
        (double negative, double positive) = Means(tau);
        (modes[0], modes[_negativeTerms]) = (negative, positive);
        modes[..(_negativeTerms + _positiveTerms)].CopyTo(state);
        state[_cell.ChargeIndex] = _start[_cell.ChargeIndex] + tau * (_currentA + 0.5 * tau * _slopeAPerS);
        state[_cell.EnergyIndex] = _start[_cell.EnergyIndex];
        state[_cell.CurrentIndex] = currentA;
        state[_cell.CollectorIndex] = VoltageV(modes, currentA);
    }

    double VoltageV(double tau, Decay decay)
    {
        decay.Prepare(tau, _eigen, _inverse);
        Span<double> modes = stackalloc double[_from.Length];
        Modes(decay, modes);
        (modes[0], modes[_negativeTerms]) = Means(tau);
        return VoltageV(modes, _currentA + _slopeAPerS * tau);
    }

    void Modes(Decay decay, Span<double> modes)
    {
        var to = MemoryMarshal.Cast<double, Vector<double>>(modes);
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(_from), gain = MemoryMarshal.Cast<double, Vector<double>>(_gain);
        ReadOnlySpan<Vector<double>> remains = MemoryMarshal.Cast<double, Vector<double>>(decay.Remains);
        ReadOnlySpan<Vector<double>> once = MemoryMarshal.Cast<double, Vector<double>>(decay.Once), twice = MemoryMarshal.Cast<double, Vector<double>>(decay.Twice);
        Vector<double> current = new(_currentA), slope = new(_slopeAPerS);
        for (int i = 0; i < to.Length; i++) to[i] = from[i] * remains[i] + gain[i] * (current * once[i] + slope * twice[i]);
    }

    (double Negative, double Positive) Means(double tau)
    {
        double charge = tau * (_currentA + 0.5 * tau * _slopeAPerS);
        return (_from[0] + _negativeRate * charge, _from[_negativeTerms] + _positiveRate * charge);
    }

    double VoltageV(ReadOnlySpan<double> modes, double currentA)
    {
        double negative = Lanes.Dot(modes[.._negativeTerms], _surface), positive = Lanes.Dot(modes.Slice(_negativeTerms, _positiveTerms), _surface.AsSpan(_negativeTerms));
        return _positive.ClosedFormV(positive, currentA, _temperatureK, _positiveFactor) - _negative.ClosedFormV(negative, currentA, _temperatureK, _negativeFactor)
            + _cell.OutsideOhm * currentA;
    }

    void AddEnergy(double tau)
    {
        double first = _start[_cell.CollectorIndex] * _currentA, last = _end[_cell.CollectorIndex] * _end[_cell.CurrentIndex];
        if (_slopeAPerS != 0 && tau <= ShortPieceS) _end[_cell.EnergyIndex] += tau / 6 * (first + 4 * PowerW(0.5 * tau) + last);
        else if (_currentA != 0 || _slopeAPerS != 0) _end[_cell.EnergyIndex] += tau / 12 * (first + 5 * (PowerW(Lobatto * tau) + PowerW((1 - Lobatto) * tau)) + last);
    }

    double PowerW(double tau) => VoltageV(tau, _inside) * (_currentA + _slopeAPerS * tau);

    /// <summary>The functions of λτ of one step length, kept while the length stays the same.</summary>
    sealed class Decay(int count)
    {
        double _tau = double.NaN;

        public double[] Remains { get; } = new double[count];

        public double[] Once { get; } = new double[count];

        public double[] Twice { get; } = new double[count];

        public void Forget() => _tau = double.NaN;

        public void Prepare(double tau, double[] eigen, double[] inverse)
        {
            if (tau == _tau) return;
            _tau = tau;
            ReadOnlySpan<Vector<double>> lambda = MemoryMarshal.Cast<double, Vector<double>>(eigen), over = MemoryMarshal.Cast<double, Vector<double>>(inverse);
            Span<Vector<double>> remains = MemoryMarshal.Cast<double, Vector<double>>(Remains.AsSpan()), once = MemoryMarshal.Cast<double, Vector<double>>(Once.AsSpan());
            var twice = MemoryMarshal.Cast<double, Vector<double>>(Twice.AsSpan());
            var time = new Vector<double>(tau);
            for (int i = 0; i < lambda.Length; i++)
            {
                remains[i] = Vector.Exp(-lambda[i] * time);
                once[i] = (Vector<double>.One - remains[i]) * over[i];
                twice[i] = (time - once[i]) * over[i];
            }
        }
    }
}
