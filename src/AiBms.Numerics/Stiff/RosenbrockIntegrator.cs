using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Numerics.Stiff;

/// <summary>Adaptive one-step integrator for <see cref="IStiffSystem"/>: no iteration, no history, so a kink in the load costs nothing.</summary>
/// <remarks>All memory is taken at construction; a step allocates nothing. Time has the system's unit.</remarks>
public sealed class RosenbrockIntegrator : IStepper
{
    const double Safety = 0.9, LargestGrowth = 5, SmallestShrink = 0.2;

    readonly IStiffSystem _system;
    readonly RosenbrockTableau _tableau;
    readonly double[][] _stages;
    readonly double[] _start, _end, _argument, _rate, _timeDerivative, _work;
    bool _rateIsCurrent;

    /// <summary>An integrator of a system by a method.</summary>
    public RosenbrockIntegrator(IStiffSystem system, RosenbrockTableau tableau)
    {
        (_system, _tableau) = (system, tableau);
        int n = system.Size;
        _stages = [.. tableau.A.Select(_ => new double[n])];
        (_start, _end, _argument) = (new double[n], new double[n], new double[n]);
        (_rate, _timeDerivative, _work) = (new double[n], new double[n], new double[n]);
    }

    /// <summary>Time of <see cref="State"/>.</summary>
    public double Time { get; private set; }

    /// <summary>Where the last accepted step began.</summary>
    public double StepStart { get; private set; }

    /// <summary>Length proposed for the next step.</summary>
    public double NextStep { get; set; }

    /// <summary>Shortest step tried before giving up.</summary>
    public double SmallestStep { get; set; } = 1e-10;

    /// <summary>Longest step.</summary>
    public double LargestStep { get; set; } = double.PositiveInfinity;

    /// <summary>Also asks the middle of the dense output to meet the equations: for systems whose output is curved where the state is not.</summary>
    public bool ChecksInside { get; init; }

    /// <summary>Also asks the end of a step to meet the equations: for algebraic equations that bend so much within a step that the error estimate misses it.</summary>
    public bool ChecksEnd { get; init; }

    /// <summary>Where step lengths are written down or taken from; null for neither.</summary>
    public StepScript? Script { get; set; }

    /// <summary>The solution at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> State => _end;

    /// <summary>Steps accepted since construction.</summary>
    public long Accepted { get; private set; }

    /// <summary>Steps rejected since construction.</summary>
    public long Rejected { get; private set; }

    /// <summary>Begins at a time with a state that meets the algebraic equations.</summary>
    public void Start(double time, ReadOnlySpan<double> state, double firstStep)
    {
        state.CopyTo(_end);
        (Time, StepStart, NextStep, _rateIsCurrent) = (time, time, firstStep, false);
        Script?.Begin();
    }

    /// <summary>Takes one accepted step that does not pass <paramref name="limit"/>; ends on it exactly when it is near.</summary>
    public StepOutcome Step(double limit)
    {
        _end.CopyTo(_start, 0);
        double begin = Time, step = Math.Min(NextStep, LargestStep), left = limit - begin;
        if (Script is { Follows: true } script && script.Next(out double told)) return Follow(begin, limit, told);
        while (true)
        {
            // A last sliver would cost as much as a whole step.
            bool last = step >= left * (1 - 1e-9);
            double length = last ? left : step > 0.5 * left ? 0.5 * left : step;
            double error = Attempt(begin, length);
            double factor = Math.Clamp(Safety * Math.Pow(error, -1.0 / _tableau.Order), SmallestShrink, LargestGrowth);
            if (error <= 1)
            {
                StepStart = begin;
                Time = last ? limit : begin + length;
                // A step cut short by the limit says nothing against the longer one that was proposed.
                NextStep = length < step ? Math.Max(step, length * factor) : length * factor;
                Accepted++;
                if (Script is { Follows: false }) Script.Add(last ? double.PositiveInfinity : length);
                return StepOutcome.Accepted;
            }

            Rejected++;
            Time = begin;
            step = length * (double.IsFinite(error) ? Math.Min(factor, 0.9) : SmallestShrink);
            if (step < SmallestStep)
            {
                _start.CopyTo(_end, 0);
                _rateIsCurrent = false;
                NextStep = step;
                return StepOutcome.StepTooSmall;
            }
        }
    }

    /// <summary>A step whose length the script tells, whatever its error.</summary>
    StepOutcome Follow(double begin, double limit, double told)
    {
        bool last = told >= limit - begin;
        double length = last ? limit - begin : told;
        (StepStart, NextStep) = (begin, length);
        if (double.IsFinite(Attempt(begin, length)))
        {
            (StepStart, Time) = (begin, last ? limit : begin + length);
            Accepted++;
            return StepOutcome.Accepted;
        }

        _start.CopyTo(_end, 0);
        (Time, _rateIsCurrent) = (begin, false);
        Rejected++;
        return StepOutcome.StepTooSmall;
    }

    /// <summary>Repeats the last step with a shorter length, so that it ends at a located event.</summary>
    /// <returns>False when the shortened step is not finite; the solution then stands at the step's start.</returns>
    public bool Redo(double end)
    {
        double start = StepStart;
        if (double.IsFinite(Attempt(start, end - start)))
        {
            (StepStart, Time) = (start, end);
            return true;
        }

        _start.CopyTo(_end, 0);
        (StepStart, Time, _rateIsCurrent) = (start, start, false);
        return false;
    }

    /// <summary>The solution inside the last step, by the method's own dense output.</summary>
    public void Interpolate(double time, Span<double> state)
    {
        for (int i = 0; i < state.Length; i++) state[i] = Interpolate(time, i);
    }

    /// <summary>One component of the solution inside the last step.</summary>
    public double Interpolate(double time, int component)
    {
        double theta = Time > StepStart ? (time - StepStart) / (Time - StepStart) : 1;
        double first = 0, second = 0;
        double[] row1 = _tableau.Dense[0], row2 = _tableau.Dense[1];
        for (int j = 0; j < row1.Length; j++) first += row1[j] * _stages[j][component];
        for (int j = 0; j < row2.Length; j++) second += row2[j] * _stages[j][component];
        return (1 - theta) * _start[component] + theta * (_end[component] + (1 - theta) * (first + theta * second));
    }

    double Attempt(double begin, double length)
    {
        // The rate at the start survives a rejected step only when nothing else was evaluated since.
        if (!_rateIsCurrent) _system.Evaluate(begin, _start, _rate);
        _system.Linearise(begin, _start, _timeDerivative);
        _rateIsCurrent = false;
        if (!_system.Factorise(1 / (_tableau.Gamma * length))) return double.NaN;

        int last = _tableau.A.Length - 1, differential = _system.DifferentialCount;
        for (int i = 0; i <= last; i++)
        {
            bool sameArgument = i > 0 && AllZero(_tableau.A[i]);
            Combine(_start, _tableau.A[i], 1, _argument);
            if (i > 0 && !sameArgument) _system.Evaluate(begin + _tableau.Alpha[i] * length, _argument, _work);
            double[] u = _stages[i];
            (i > 0 && !sameArgument ? _work : _rate).CopyTo(u, 0);
            for (int j = 0; j < i; j++) AddScaled(u.AsSpan(0, differential), _stages[j], _tableau.C[i][j] / length);
            if (_tableau.Delta[i] != 0) AddScaled(u, _timeDerivative, _tableau.Delta[i] * length);
            _system.Solve(u);
        }

        _argument.CopyTo(_end, 0);
        AddScaled(_end, _stages[last], 1);
        double error = _system.ErrorNorm(_stages[last], _end);
        if (ChecksInside && error <= 1) error = Math.Max(error, InsideError(begin, length));
        if (ChecksEnd && error <= 1) error = Math.Max(error, Residual(begin + length, _end));
        return double.IsFinite(error) ? Math.Max(error, 1e-10) : double.NaN;
    }

    /// <summary>Residual half-way through the dense output.</summary>
    double InsideError(double begin, double length)
    {
        (StepStart, Time) = (begin, begin + length);
        double middle = begin + 0.5 * length;
        Interpolate(middle, _argument);
        return Residual(middle, _argument);
    }

    /// <summary>Algebraic residual of a state, as a Newton step would remove it.</summary>
    double Residual(double time, double[] state)
    {
        _system.Evaluate(time, state, _work);
        _work.AsSpan(0, _system.DifferentialCount).Clear();
        _system.Solve(_work);
        _work.AsSpan(0, _system.DifferentialCount).Clear();
        return _system.ErrorNorm(_work, state);
    }

    void Combine(double[] origin, double[] weights, double scale, double[] result)
    {
        origin.CopyTo(result, 0);
        for (int j = 0; j < weights.Length; j++)
            if (weights[j] != 0) AddScaled(result, _stages[j], weights[j] * scale);
    }

    static bool AllZero(double[] row)
    {
        foreach (double value in row)
            if (value != 0) return false;
        return true;
    }

    static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var wideTarget = MemoryMarshal.Cast<double, Vector<double>>(target);
        var wideSource = MemoryMarshal.Cast<double, Vector<double>>(source[..target.Length]);
        var wideFactor = new Vector<double>(factor);
        for (int i = 0; i < wideTarget.Length; i++) wideTarget[i] += wideFactor * wideSource[i];
        for (int i = wideTarget.Length * Vector<double>.Count; i < target.Length; i++) target[i] += factor * source[i];
    }
}
