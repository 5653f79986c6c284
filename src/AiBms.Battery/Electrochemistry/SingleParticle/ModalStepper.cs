using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>Steps along the course of a single particle cell in modes, exact for the particles alone at any length.</summary>
/// <remarks>Steps serve the search for ends, the energy and, where there is any, the error of salt, heat, film and a current that the load does not say.</remarks>
sealed class ModalStepper : IStepper
{
    /// <summary>Stoichiometry that a step may use up, so that no end is stepped over and the energy's rule sees every bend of the voltage.</summary>
    const double LargestChange = 0.05;

    const double Growth = 4, SmallestShrink = 0.2, Safety = 0.9, SmallestStepS = 1e-8;

    readonly SpmSystem _cell;
    readonly ModalCourse _course;
    readonly double[] _end;
    bool _isWritten;

    public ModalStepper(SpmSystem cell)
    {
        (_cell, _course) = (cell, new(cell));
        _end = new double[cell.Size];
    }

    public double Time { get; private set; }

    public double StepStart { get; private set; }

    public double NextStep { get; private set; }

    /// <remarks>Written when it is asked for: between the knots of a drive cycle nobody does, and the salt's cells cost as much as a step.</remarks>
    public ReadOnlySpan<double> State
    {
        get
        {
            if (!_isWritten) _course.Write(_end);
            _isWritten = true;
            return _end;
        }
    }

    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    public void Start(double time, ReadOnlySpan<double> state, double firstStep)
    {
        state.CopyTo(_end);
        (Time, StepStart, NextStep, _isWritten) = (time, time, firstStep, true);
        _course.Take(state);
    }

    public StepOutcome Step(double limit)
    {
        double begin = Time, left = limit - begin, length = Math.Min(NextStep, LargestStepS(begin, limit));
        _course.Next();
        while (true)
        {
            bool last = length >= left * (1 - 1e-9);
            double taken = last ? left : length, error = _course.Attempt(begin, taken);
            double factor = error > 0 ? Math.Clamp(Safety / Math.Sqrt(error), SmallestShrink, Growth) : double.IsNaN(error) ? 0.5 : Growth;
            if (error <= 1)
            {
                _course.AddEnergy();
                _isWritten = false;
                (StepStart, Time) = (begin, last ? limit : begin + taken);
                NextStep = last ? Math.Max(NextStep, taken * factor) : taken * factor;
                Accepted++;
                return StepOutcome.Accepted;
            }

            // Too long, or a surface ran empty or full within the step.
            Rejected++;
            length = taken * Math.Min(factor, Safety);
            NextStep = length;
            if (length > SmallestStepS) continue;
            _course.At(0, _end);
            _course.End = _course.Begin;
            (Time, StepStart, _isWritten) = (begin, begin, true);
            return StepOutcome.StepTooSmall;
        }
    }

    public bool Redo(double end)
    {
        if (double.IsFinite(_course.Attempt(StepStart, end - StepStart)))
        {
            _course.AddEnergy();
            _isWritten = false;
            Time = end;
            return true;
        }

        _course.At(0, _end);
        (Time, _isWritten) = (StepStart, true);
        return false;
    }

    public void Interpolate(double time, Span<double> state)
    {
        State.CopyTo(state);
        if (time != Time) _course.At(time - StepStart, state);
    }

    public double Interpolate(double time, int component)
    {
        bool isEnd = time == Time;
        if (isEnd && _isWritten) return _end[component];
        var moment = isEnd ? _course.End : _course.At(time - StepStart);
        if (component == _cell.CurrentIndex) return moment.CurrentA;
        if (component == _cell.CollectorIndex) return moment.VoltageV;
        if (_cell.IsThermal && component == _cell.TemperatureIndex) return moment.TemperatureK;
        if (isEnd) return component == _cell.ChargeIndex ? moment.ChargeC : State[component];
        Span<double> state = stackalloc double[_cell.Size];
        Interpolate(time, state);
        return state[component];
    }

    /// <summary>The largest h with |I|·h + |s|·h²/2 within the charge of the largest change; more where all that is left up to the limit is within it.</summary>
    double LargestStepS(double begin, double limit)
    {
        double currentA = _cell.Load.CurrentGuessA(begin), charge = LargestChange / _course.LargestRate;
        if (Math.Max(Math.Abs(currentA), Math.Abs(_cell.Load.CurrentGuessA(limit))) * (limit - begin) <= charge) return double.PositiveInfinity;
        double slope = _cell.Load.CurrentGuessA(begin + 1) - currentA;
        if (double.IsNaN(currentA)) (currentA, slope) = (_course.End.CurrentA, 0);
        double size = Math.Abs(currentA);
        return 2 * charge / (size + Math.Sqrt(size * size + 2 * Math.Abs(slope) * charge));
    }
}
