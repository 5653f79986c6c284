using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>How a single particle cell in modes goes on from a moment, under any load, with its salt, heat and film.</summary>
/// <remarks>
/// Each mode obeys a' = −λa + g·I + n, I straight in time, so that a(τ) = a₀e^{−λτ} + (g·I₀ + n₀)·p + (g·s + n₁)·q with p and q of
/// <see cref="ModalDecay"/>; n is what the salt's varying diffusivity adds, its end predicted first and then corrected (exponential
/// Runge–Kutta of order two: Cox and Matthews, J. Comput. Phys. 176 (2002) 430, doi:10.1006/jcph.2002.6995). Temperature and film are slow:
/// the same predictor and corrector. Where the load does not say the current, its end value is a root of the load's equation.
/// </remarks>
sealed class ModalCourse
{
    /// <summary>Steps under a known current up to this length, s, need no corrector for the salt at this tolerance or more: what it adds barely changes.</summary>
    const double ShortStepS = 2, LooseTolerance = 1e-4;

    /// <summary>The corrected solution is at least this many times better than the predicted one.</summary>
    const double Better = 4;

    /// <summary>A current that bends where a straight one is taken errs alike in all steps, so that what is missed inside weighs more.</summary>
    const double Inside = 4;

    const int MostRounds = 30;
    const double AgreementV = 1e-11;

    /// <summary>A change of temperature, K, by which the modes' rates stay as they are.</summary>
    const double SameK = 0.01;

    readonly SpmSystem _cell;
    readonly ParticleElectrode _negative, _positive;
    readonly ModalSalt? _salt;
    readonly IFilmGrowth? _film;
    readonly int _negativeTerms, _positiveTerms, _positiveAt, _saltAt;
    readonly double[] _rates, _gain, _surface, _from, _forcing, _bend, _modes;
    readonly ModalDecay _whole, _first, _second;
    double _currentA, _slopeAPerS, _sideSlope, _negativeRate, _positiveRate, _preparedK = double.NaN;
    double _factorsK = double.NaN, _negativeFactor, _positiveFactor, _outsideOhm, _perLogarithmV, _tau, _warmingKPerS;
    double _potentialV, _storedV, _slopeOhm, _negativeBySurface, _positiveBySurface;
    bool _forcingIsCurrent;

    public ModalCourse(SpmSystem cell)
    {
        (_cell, (_negative, _positive)) = (cell, cell.Electrodes);
        (_negativeTerms, _positiveTerms) = (_negative.Particles.StateCount, _positive.Particles.StateCount);
        _film = cell.Options.Ageing?.Negative?.Film;
        _positiveAt = Padded(_negativeTerms);
        _saltAt = _positiveAt + Padded(_positiveTerms);
        int lanes = _saltAt;
        if (cell.Mesh is { } mesh)
        {
            _salt = new(cell.Set, mesh, _negative.SaltExponent, _positive.SaltExponent);
            lanes += Padded(_salt.Modes.Count);
        }

        (_rates, _gain, _surface, _from) = (new double[lanes], new double[lanes], new double[lanes], new double[lanes]);
        (_forcing, _bend, _modes) = (new double[lanes], new double[lanes], new double[lanes]);
        (_whole, _first, _second) = (new(lanes), new(lanes), new(lanes));
    }

    /// <summary>The moment a step began and the one it ends.</summary>
    public ModalMoment Begin, End;

    /// <summary>Change of mean stoichiometry per charge, 1/C, the larger of both electrodes.</summary>
    public double LargestRate => Math.Max(Math.Abs(_negativeRate), Math.Abs(_positiveRate));

    /// <summary>Whether anything but the particles changes, so that a step has an error.</summary>
    public bool HasError => !_cell.IsExact;

    /// <summary>Takes a state of the cell as the end of a step.</summary>
    public void Take(ReadOnlySpan<double> state)
    {
        state[.._negativeTerms].CopyTo(_modes);
        state.Slice(_negativeTerms, _positiveTerms).CopyTo(_modes.AsSpan(_positiveAt));
        (int salt, int ageing) = _cell.Offsets;
        if (_salt is not null)
        {
            int n = _cell.Mesh!.Count;
            for (int k = 0; k < _salt.Modes.Count; k++) _modes[_saltAt + k] = Lanes.Dot(state.Slice(salt, n), _salt.Modes.FromMeans.AsSpan(k * n, n));
        }

        End = new()
        {
            CurrentA = state[_cell.CurrentIndex],
            VoltageV = state[_cell.CollectorIndex],
            TemperatureK = _cell.TemperatureK(state),
            ChargeC = state[_cell.ChargeIndex],
            EnergyJ = state[_cell.EnergyIndex],
        };
        if (_film is not null) (End.FilmM, End.FilmLithium) = (state[ageing + AgeingState.Film], state[ageing + AgeingState.FilmLithium]);
        (_slopeAPerS, _sideSlope, _forcingIsCurrent) = (0, 0, false);
        _negativeRate = ((ModalParticles)_negative.Particles).MeanRate * _negative.ReactionPerA;
        _positiveRate = ((ModalParticles)_positive.Particles).MeanRate * _positive.ReactionPerA;
        if (double.IsNaN(_preparedK))
        {
            _salt?.AtEnd(_modes.AsSpan(_saltAt));
            _salt?.Next();
            Prepare(End.TemperatureK);
        }

        for (int round = 0; HasError && round < 2; round++)
        {
            Look(_modes, ref End, _salt?.AtEnd(_modes.AsSpan(_saltAt)));
            End.SideAPerM2 = SideAPerM2(End);
        }
    }

    /// <summary>Writes the end of the step over a state.</summary>
    public void Write(Span<double> state) => Write(state, _modes, End);

    /// <summary>The end becomes the next step's beginning.</summary>
    public void Next()
    {
        _modes.CopyTo(_from, 0);
        (Begin, _forcingIsCurrent) = (End, false);
        _salt?.Next();
    }

    /// <summary>Goes a step; at most 1 is a good step, NaN none.</summary>
    public double Attempt(double startS, double tau)
    {
        double givenA = _cell.Load.CurrentGuessA(startS);
        bool isKnown = !double.IsNaN(givenA);
        _currentA = isKnown ? givenA : Begin.CurrentA;
        _tau = tau;
        End = Begin;
        double predictedK = End.TemperatureK = Warmed(tau, Begin.HeatW, Begin.HeatW), error = 0;
        _warmingKPerS = _cell.IsThermal ? (Begin.HeatW - _cell.Set.CoolingWPerK * (Begin.TemperatureK - _cell.AmbientTemperatureK)) / _cell.Set.HeatCapacityJPerK : 0;
        Prepare(0.5 * (Begin.TemperatureK + predictedK));
        _whole.Prepare(tau, _rates);
        if (_salt is not null)
        {
            _bend.AsSpan().Clear();
            if (!_forcingIsCurrent) _salt.BeginForcing(_from.AsSpan(_saltAt), _forcing.AsSpan(_saltAt, _salt.Modes.Count));
            _forcingIsCurrent = true;
        }

        double lastSlope = _slopeAPerS;
        (_slopeAPerS, _sideSlope) = (isKnown ? (_cell.Load.CurrentGuessA(startS + tau) - _currentA) / tau : lastSlope, 0);
        End.SideAPerM2 = Begin.SideAPerM2;
        bool correctsSalt = _salt is not null && !(tau <= ShortStepS && isKnown && _cell.Tolerance >= LooseTolerance);
        int passes = _cell.IsThermal || _film is not null || correctsSalt ? 2 : 1;
        for (int pass = 1; pass <= passes; pass++)
        {
            if (_film is not null) Grow(tau);
            if (isKnown)
            {
                Modes(_whole, _modes);
                End.CurrentA = _currentA + _slopeAPerS * tau;
                Look(_modes, ref End, _salt?.AtEnd(_modes.AsSpan(_saltAt)));
            }
            else if (!Solve(startS + tau, tau)) return double.NaN;

            if (!double.IsFinite(End.VoltageV)) return double.NaN;
            if (pass == passes) break;
            if (_cell.IsThermal)
            {
                End.TemperatureK = Warmed(tau, Begin.HeatW, End.HeatW);
                error = Math.Max(error, Math.Abs(End.TemperatureK - predictedK) / 100 / Better);
            }

            if (_film is not null)
            {
                End.SideAPerM2 = SideAPerM2(End);
                _sideSlope = (End.SideAPerM2 - Begin.SideAPerM2) / tau;
                error = Math.Max(error, 0.05 * Math.Abs(_sideSlope) * tau * tau * _film.GrowthM3PerC / Begin.FilmM / Better);
            }

            if (correctsSalt) error = Math.Max(error, CorrectSalt(tau));
        }

        if (!isKnown) error = Math.Max(error, InsideErrorV(startS, tau));
        End.ChargeC = Begin.ChargeC + tau * (_currentA + 0.5 * tau * _slopeAPerS);
        return error / _cell.Tolerance;
    }

    /// <summary>Adds the energy of the step: Simpson's rule where the step is short, Lobatto's with four points where not.</summary>
    public void AddEnergy()
    {
        if (_currentA == 0 && _slopeAPerS == 0) return;
        double first = Begin.VoltageV * _currentA, last = End.VoltageV * End.CurrentA;
        if (_slopeAPerS != 0 && _tau <= ShortStepS) End.EnergyJ = Begin.EnergyJ + _tau / 6 * (first + 4 * PowerW(0.5 * _tau, _first, isShort: true) + last);
        else End.EnergyJ = Begin.EnergyJ + _tau / 12 * (first + 5 * (PowerW(Lobatto * _tau, _first) + PowerW((1 - Lobatto) * _tau, _second)) + last);
    }

    /// <summary>The moment a time into the step, its charge and energy left out.</summary>
    public ModalMoment At(double tau) => At(tau, _first, stackalloc double[_modes.Length]);

    /// <summary>Writes the state a time into the step; its energy runs straight.</summary>
    public void At(double tau, Span<double> state)
    {
        Span<double> modes = stackalloc double[_modes.Length];
        var moment = At(tau, _first, modes);
        moment.ChargeC = Begin.ChargeC + tau * (_currentA + 0.5 * tau * _slopeAPerS);
        moment.EnergyJ = Begin.EnergyJ + (_tau > 0 ? tau / _tau : 1) * (End.EnergyJ - Begin.EnergyJ);
        Write(state, modes, moment);
    }

    /// <summary>Interior point of Lobatto's rule with four points on 0…1.</summary>
    static readonly double Lobatto = 0.5 * (1 - 1 / Math.Sqrt(5));

    static int Padded(int count) => (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    double PowerW(double tau, ModalDecay decay, bool isShort = false)
    {
        var moment = At(tau, decay, stackalloc double[_modes.Length], isShort);
        return moment.VoltageV * moment.CurrentA;
    }

    ModalMoment At(double tau, ModalDecay decay, Span<double> modes, bool isShort = false)
    {
        double theta = _tau > 0 ? tau / _tau : 1;
        var moment = Begin;
        moment.CurrentA = _currentA + _slopeAPerS * tau;
        moment.TemperatureK += tau * _warmingKPerS + theta * theta * (End.TemperatureK - Begin.TemperatureK - _tau * _warmingKPerS);
        moment.FilmM += theta * (End.FilmM - Begin.FilmM);
        moment.FilmLithium += theta * (End.FilmLithium - Begin.FilmLithium);
        moment.SideAPerM2 += _sideSlope * tau;
        decay.Prepare(tau, _rates);
        Modes(decay, modes, isShort);
        Look(modes, ref moment, isShort ? _salt?.Middle() : _salt?.Inside(modes[_saltAt..]));
        return moment;
    }

    /// <summary>Newton's method for the current at the end of a step; its slope is that of the particles and the kinetics.</summary>
    bool Solve(double endS, double tau)
    {
        double negative = 0, positive = 0;
        for (int k = 0; k < _positiveAt; k++) negative += _surface[k] * _gain[k] * _whole.Twice[k];
        for (int k = _positiveAt; k < _saltAt; k++) positive += _surface[k] * _gain[k] * _whole.Twice[k];
        double slopeA = _slopeAPerS, lastA = double.NaN, lastG = 0, byCurrent = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            _slopeAPerS = slopeA;
            Modes(_whole, _modes);
            End.CurrentA = _currentA + slopeA * tau;
            Look(_modes, ref End, _salt?.AtEnd(_modes.AsSpan(_saltAt)));
            if (!double.IsFinite(End.VoltageV)) return false;
            var load = _cell.Load.At(endS, End.CurrentA, End.VoltageV);
            // The salt answers too: with two points a chord knows that, the first slope does not.
            _slopeOhm += (_positiveBySurface * positive - _negativeBySurface * negative) / tau;
            byCurrent = round == 0 || End.CurrentA == lastA ? load.GI + load.GV * _slopeOhm : (load.G - lastG) / (End.CurrentA - lastA);
            if (!(Math.Abs(load.G) > AgreementV * Math.Max(1, Math.Abs(load.GI)))) return true;
            (lastA, lastG) = (End.CurrentA, load.G);
            double change = -load.G / byCurrent;
            if (!double.IsFinite(change)) return false;
            if (Math.Abs(change) < 1e-13 * (1 + Math.Abs(End.CurrentA))) return true;
            slopeA += change / tau;
        }

        return false;
    }

    /// <summary>How far the load's equation is missed amid the step, in volts.</summary>
    double InsideErrorV(double startS, double tau)
    {
        double endOhm = Math.Abs(_slopeOhm);
        var moment = At(0.5 * tau);
        var load = _cell.Load.At(startS + 0.5 * tau, moment.CurrentA, moment.VoltageV);
        return Inside * Math.Abs(endOhm * load.G / (load.GI + load.GV * endOhm));
    }

    /// <summary>Bends the salt's forcing to its predicted end; the change in volts.</summary>
    double CorrectSalt(double tau)
    {
        var bend = _bend.AsSpan(_saltAt, _salt!.Modes.Count);
        _salt.EndForcing(_modes.AsSpan(_saltAt), End.TemperatureK, bend);
        double sum = 0;
        for (int k = 0; k < bend.Length; k++)
        {
            bend[k] = (bend[k] - _forcing[_saltAt + k]) / tau;
            double change = bend[k] * _whole.Twice[_saltAt + k];
            sum += change * change;
        }

        return 0.1 * Math.Sqrt(sum) / _cell.Set.Electrolyte.ConcentrationMolPerM3 / Better;
    }

    /// <summary>Film and its lithium after a step under the side current as it is thought to run.</summary>
    void Grow(double tau)
    {
        double charge = tau * (Begin.SideAPerM2 + 0.5 * tau * _sideSlope);
        End.FilmM = Begin.FilmM - _film!.GrowthM3PerC * charge;
        End.FilmLithium = Begin.FilmLithium - _cell.Set.Negative.SurfacePerM / Constants.FaradayCPerMol * charge;
    }

    double SideAPerM2(in ModalMoment moment) => _film?.CurrentAPerM2(_potentialV, moment.FilmM, moment.TemperatureK, out _, out _) ?? 0;

    double Warmed(double tau, double firstW, double lastW) => _cell.IsThermal
        ? LumpedHeat.TemperatureK(_cell.Set, Begin.TemperatureK, _cell.AmbientTemperatureK, tau, firstW, lastW) : Begin.TemperatureK;

    void Modes(ModalDecay decay, Span<double> modes, bool withoutSalt = false)
    {
        double perA = _film is null ? 0 : 1 / _negative.ReactionPerA;
        Modes(decay, modes, 0, _positiveAt, _currentA - Begin.SideAPerM2 * perA, _slopeAPerS - _sideSlope * perA);
        Modes(decay, modes, _positiveAt, _saltAt, _currentA, _slopeAPerS);
        if (_salt is null || withoutSalt) return;
        var to = Wide(modes[_saltAt..]);
        ReadOnlySpan<Vector<double>> from = Wide(_from.AsSpan(_saltAt)), gain = Wide(_gain.AsSpan(_saltAt)), forcing = Wide(_forcing.AsSpan(_saltAt)), bend = Wide(_bend.AsSpan(_saltAt));
        ReadOnlySpan<Vector<double>> remains = Wide(decay.Remains.AsSpan(_saltAt)), once = Wide(decay.Once.AsSpan(_saltAt)), twice = Wide(decay.Twice.AsSpan(_saltAt));
        Vector<double> current = new(_currentA), slope = new(_slopeAPerS);
        for (int i = 0; i < to.Length; i++) to[i] = from[i] * remains[i] + (gain[i] * current + forcing[i]) * once[i] + (gain[i] * slope + bend[i]) * twice[i];
    }

    void Modes(ModalDecay decay, Span<double> modes, int first, int end, double currentA, double slopeAPerS)
    {
        int count = end - first;
        var to = Wide(modes.Slice(first, count));
        ReadOnlySpan<Vector<double>> from = Wide(_from.AsSpan(first, count)), gain = Wide(_gain.AsSpan(first, count));
        ReadOnlySpan<Vector<double>> remains = Wide(decay.Remains.AsSpan(first, count)), once = Wide(decay.Once.AsSpan(first, count)), twice = Wide(decay.Twice.AsSpan(first, count));
        Vector<double> current = new(currentA), slope = new(slopeAPerS);
        for (int i = 0; i < to.Length; i++) to[i] = from[i] * remains[i] + gain[i] * (current * once[i] + slope * twice[i]);
    }

    static Span<Vector<double>> Wide(Span<double> values) => MemoryMarshal.Cast<double, Vector<double>>(values);

    /// <summary>Voltage and heat of a moment whose modes, current, temperature and film are known.</summary>
    void Look(ReadOnlySpan<double> modes, ref ModalMoment moment, ModalSalt.Look? salt)
    {
        double temperatureK = moment.TemperatureK, currentA = moment.CurrentA;
        if (temperatureK != _factorsK)
        {
            (_factorsK, _negativeFactor, _positiveFactor) = (temperatureK, _negative.ExchangeFactor(temperatureK), _positive.ExchangeFactor(temperatureK));
            (_outsideOhm, _perLogarithmV) = _cell.Outside(temperatureK);
        }

        double saltV = 0;
        ReadOnlySpan<double> negativeSalt = [], positiveSalt = [], weights = [];
        if (salt is not null)
        {
            var all = _salt!.Modes;
            saltV = _perLogarithmV * salt.Logarithms;
            weights = all.ElectrodeWeights;
            negativeSalt = salt.Factor.AsSpan(0, all.ElectrodeNodes);
            positiveSalt = salt.Factor.AsSpan(all.FirstPositive, all.ElectrodeNodes);
        }

        double reaction = _negative.ReactionPerA * currentA, filmOhmM2 = _film is null ? 0 : _film.ResistivityOhmM * moment.FilmM;
        double negativeV = _potentialV = _negative.ClosedFormV(Lanes.Dot(modes[.._positiveAt], _surface), reaction - moment.SideAPerM2, temperatureK, _negativeFactor,
            negativeSalt, weights, out double negativeStoredV, out _negativeBySurface, out double negativeOhm);
        double positiveV = _positive.ClosedFormV(Lanes.Dot(modes[_positiveAt.._saltAt], _surface.AsSpan(_positiveAt)), _positive.ReactionPerA * currentA, temperatureK, _positiveFactor,
            positiveSalt, weights, out double positiveStoredV, out _positiveBySurface, out double positiveOhm);
        moment.VoltageV = positiveV - negativeV - reaction * filmOhmM2 + saltV + _outsideOhm * currentA;
        _storedV = positiveStoredV - negativeStoredV;
        _slopeOhm = positiveOhm * _positive.ReactionPerA - (negativeOhm + filmOhmM2) * _negative.ReactionPerA + _outsideOhm;
        moment.HeatW = currentA * (moment.VoltageV - _storedV);
    }

    /// <summary>What a temperature and the salt's diffusivity set.</summary>
    void Prepare(double temperatureK)
    {
        bool isOther = !(Math.Abs(temperatureK - _preparedK) < (_cell.IsThermal ? SameK : double.Epsilon)) && temperatureK != _preparedK;
        if (_salt is not null && (isOther || !_forcingIsCurrent) && _salt.Choose(temperatureK)) isOther = true;
        if (!isOther) return;
        (_preparedK, _forcingIsCurrent) = (temperatureK, false);
        Fill(_negative, 0);
        Fill(_positive, _positiveAt);
        _whole.Forget();
        _first.Forget();
        _second.Forget();
        if (_salt is null) return;
        double share = (1 - _cell.Set.Electrolyte.TransferenceFraction.At(0, temperatureK)) / Constants.FaradayCPerMol;
        for (int k = 0; k < _salt.Modes.Count; k++)
            (_rates[_saltAt + k], _gain[_saltAt + k]) = (_salt.DiffusivityM2PerS * _salt.Modes.Eigenvalues[k], k == 0 ? 0 : share * _salt.Modes.Gain[k]);
    }

    void Fill(ParticleElectrode electrode, int at)
    {
        var particles = (ModalParticles)electrode.Particles;
        double ratePerS = particles.RatePerS(_preparedK), meanRate = particles.MeanRate * electrode.ReactionPerA;
        for (int k = 0; k < particles.Modes.Count; k++)
        {
            (_surface[at + k], _gain[at + k]) = (particles.Modes.SurfaceValues[k], meanRate * particles.Modes.InputValues[k]);
            _rates[at + k] = ratePerS * particles.Modes.Eigenvalues[k];
        }
    }

    void Write(Span<double> state, ReadOnlySpan<double> modes, in ModalMoment moment)
    {
        modes[.._negativeTerms].CopyTo(state);
        modes.Slice(_positiveAt, _positiveTerms).CopyTo(state[_negativeTerms..]);
        (int salt, int ageing) = _cell.Offsets;
        if (_salt is not null)
        {
            int n = _cell.Mesh!.Count;
            var cells = state.Slice(salt, n);
            cells.Clear();
            for (int k = 0; k < _salt.Modes.Count; k++) Lanes.AddScaled(cells, _salt.Modes.Means.AsSpan(k * n, n), modes[_saltAt + k]);
        }

        if (_film is not null) (state[ageing + AgeingState.Film], state[ageing + AgeingState.FilmLithium]) = (moment.FilmM, moment.FilmLithium);
        if (_cell.IsThermal) state[_cell.TemperatureIndex] = moment.TemperatureK;
        (state[_cell.ChargeIndex], state[_cell.EnergyIndex]) = (moment.ChargeC, moment.EnergyJ);
        (state[_cell.CurrentIndex], state[_cell.CollectorIndex]) = (moment.CurrentA, moment.VoltageV);
    }
}
