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

    public ModalStepper(SpmSystem cell)
    {
        (_cell, _course) = (cell, new(cell));
        _end = new double[cell.Size];
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
        _course.Take(state);
    }

    public StepOutcome Step(double limit)
    {
        double begin = Time, length = Math.Min(NextStep, LargestStepS(begin)), left = limit - begin;
        _course.Next();
        while (true)
        {
            bool last = length >= left * (1 - 1e-9);
            double taken = last ? left : length, error = _course.Attempt(begin, taken);
            double factor = error > 0 ? Math.Clamp(Safety / Math.Sqrt(error), SmallestShrink, Growth) : double.IsNaN(error) ? 0.5 : Growth;
            if (error <= 1)
            {
                _course.AddEnergy();
                _course.Write(_end);
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
            _course.End = _course.Begin;
            (Time, StepStart) = (begin, begin);
            return StepOutcome.StepTooSmall;
        }
    }

    public bool Redo(double end)
    {
        if (double.IsFinite(_course.Attempt(StepStart, end - StepStart)))
        {
            _course.AddEnergy();
            _course.Write(_end);
            Time = end;
            return true;
        }

        _course.At(0, _end);
        Time = StepStart;
        return false;
    }

    public void Interpolate(double time, Span<double> state)
    {
        _end.CopyTo(state);
        if (time != Time) _course.At(time - StepStart, state);
    }

    public double Interpolate(double time, int component)
    {
        if (time == Time) return _end[component];
        var moment = _course.At(time - StepStart);
        if (component == _cell.CurrentIndex) return moment.CurrentA;
        if (component == _cell.CollectorIndex) return moment.VoltageV;
        if (_cell.IsThermal && component == _cell.TemperatureIndex) return moment.TemperatureK;
        Span<double> state = stackalloc double[_cell.Size];
        Interpolate(time, state);
        return state[component];
    }

    /// <summary>The largest h with |I|·h + |s|·h²/2 within the charge of the largest change.</summary>
    double LargestStepS(double begin)
    {
        double currentA = _cell.Load.CurrentGuessA(begin), slope = _cell.Load.CurrentGuessA(begin + 1) - currentA, charge = LargestChange / _course.LargestRate;
        if (double.IsNaN(currentA)) (currentA, slope) = (_course.End.CurrentA, 0);
        double size = Math.Abs(currentA);
        return 2 * charge / (size + Math.Sqrt(size * size + 2 * Math.Abs(slope) * charge));
    }
}
